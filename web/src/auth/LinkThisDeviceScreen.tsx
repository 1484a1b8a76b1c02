import { CircleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Call } from '../platform/api.ts';
import { systemClock } from '../platform/clock.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { QrCode } from '../ui/QrCode.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { AuthPage } from './AuthPage.tsx';
import form from './form.module.css';
import { createLinkThisDevice, type LinkThisDevice } from './linkThisDevice.ts';
import styles from './LinkThisDeviceScreen.module.css';

interface LinkThisDeviceScreenProps {
  readonly call: Call;
  readonly onSignedIn: Parameters<typeof createLinkThisDevice>[0]['onSignedIn'];
  readonly corner: ReactNode;
  /** Leads back to the sign-in page. */
  readonly other: ReactNode;
}

/** On a new device: a code for one that is signed in. */
export function LinkThisDeviceScreen({ call, onSignedIn, corner, other }: LinkThisDeviceScreenProps): ReactNode {
  const { t } = useTranslation('devices');
  const linking = useLinking(call, onSignedIn);
  return (
    <AuthPage title={t('byDeviceTitle')} text={t('byDeviceText')} corner={corner}>
      <div className={form['form']}>
        <Panel linking={linking} />
        <p className={form['other']}>{other}</p>
      </div>
    </AuthPage>
  );
}

function Panel({ linking }: { readonly linking: LinkThisDevice }): ReactNode {
  const { t } = useTranslation('devices');
  const errorText = useErrorText();
  const state = useStore(linking.store);
  if (state.kind === 'rested') {
    return (
      <div className={styles['panel']}>
        {state.failure !== undefined && (
          <Banner kind="danger" icon={<CircleAlert />} isRounded>
            {errorText(state.failure)}
          </Banner>
        )}
        <Button kind="primary" isWide onClick={linking.begin}>
          {t('newCode')}
        </Button>
      </div>
    );
  }
  const isShown = state.kind === 'shown';
  return (
    <div className={styles['panel']} aria-busy={!isShown}>
      <div className={styles['picture']}>
        {isShown ? <QrCode text={state.url} label={t('shownQr')} /> : <Skeleton width="100%" height="100%" />}
      </div>
      <output className={styles['code']} dir="ltr" aria-label={t('codeFor')}>
        {isShown ? grouped(state.shortCode) : ' '}
      </output>
      <p className={styles['left']} role="timer">
        {isShown ? t('secondsLeft', { count: state.secondsLeft }) : ' '}
      </p>
      <output className="visually-hidden">{t('waitsForAnswer')}</output>
    </div>
  );
}

function grouped(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

function useLinking(call: Call, onSignedIn: LinkThisDeviceScreenProps['onSignedIn']): LinkThisDevice {
  const [linking] = useState(() =>
    createLinkThisDevice({
      call,
      clock: systemClock,
      origin: location.origin,
      isVisible: () => document.visibilityState === 'visible',
      onSignedIn,
    }),
  );
  useEffect(() => {
    linking.begin();
    return linking.stop;
  }, [linking]);
  return linking;
}
