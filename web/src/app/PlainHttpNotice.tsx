import { aboutRoutes } from '@dialog/shared/about';
import { LockOpen } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../ui/Logo.tsx';
import { AppearanceMenu } from './Appearance.tsx';
import styles from './PlainHttpNotice.module.css';
import { useApp } from './useApp.ts';

const COMMAND = 'npm start -- --lan';

/**
 * What stands instead of the app where the page came over plain HTTP from another machine: there browsers keep no
 * secure cookie and give no microphone, so a sign-in form would only fail without a reason.
 */
export function PlainHttpNotice(): ReactNode {
  const { t } = useTranslation('app');
  const address = useSecureAddress();
  return (
    <main className={styles['page']}>
      <div className={styles['corner']}>
        <AppearanceMenu />
      </div>
      <div className={styles['card']}>
        <Logo size={36} />
        <h1 className={styles['title']}>{t('plainTitle')}</h1>
        <p className={styles['text']}>{t('plainText')}</p>
        {address === undefined ? <HowTo /> : <Way address={address} />}
      </div>
    </main>
  );
}

function Way({ address }: { readonly address: string }): ReactNode {
  const { t } = useTranslation('app');
  return (
    <>
      <a className={styles['go']} href={address + location.pathname}>
        {t('plainGo', { address })}
      </a>
      <p className={styles['text']}>{t('plainCertificate')}</p>
    </>
  );
}

function HowTo(): ReactNode {
  const { t } = useTranslation('app');
  return (
    <section className={styles['how']}>
      <h2 className={styles['subtitle']}>
        <LockOpen aria-hidden="true" />
        {t('plainHow')}
      </h2>
      <p className={styles['text']}>{t('plainCommand')}</p>
      <code className={styles['command']} dir="ltr">
        {COMMAND}
      </code>
      <p className={styles['text']}>{t('plainProduction')}</p>
    </section>
  );
}

/** Where the same app is served with TLS, if it is. */
function useSecureAddress(): string | undefined {
  const { call } = useApp();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    call(aboutRoutes.getAbout, {}).then(
      ({ tlsPort }) => setAddress(tlsPort === null ? undefined : `https://${location.hostname}:${tlsPort}`),
      () => setAddress(undefined),
    );
  }, [call]);
  return address;
}
