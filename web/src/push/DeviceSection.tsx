import { pushRoutes } from '@dialog/shared/push';
import { Info, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { dateAndTime } from '../chats/times.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Banner } from '../ui/Banner.tsx';
import { Section } from '../ui/Section.tsx';
import { Switch } from '../ui/Switch.tsx';
import { toast } from '../ui/toast.ts';
import { browserOf } from './browsers.ts';
import type { DeviceState } from './device.ts';
import type { Push } from './push.ts';
import styles from './NotificationSettings.module.css';
import { TestWalkView } from './TestWalkView.tsx';

/** Whether this device tells of anything, whether it can, and whether it does. */
export function DeviceSection({ push }: { readonly push: Push }): ReactNode {
  const { t } = useTranslation('push');
  const { device } = push;
  const state = useStore(device.store);
  const errorText = useErrorText();
  const [isBusy, setBusy] = useState(false);
  const [tests, setTests] = useState(0);
  useEffect(() => device.look(), [device]);

  async function turn(isOn: boolean): Promise<void> {
    setBusy(true);
    await (isOn ? device.turnOn() : device.turnOff()).catch((failure: unknown) =>
      toast(errorText(failure), { kind: 'danger' }),
    );
    setBusy(false);
  }

  const mayBeOn = state.kind === 'on' || state.kind === 'off';
  return (
    <Section title={t('deviceTitle')} anchor="device">
      <Switch
        label={t('onThisDevice')}
        hint={t(STATE_WORD[state.kind === 'on' ? state.reach : state.kind])}
        isOn={state.kind === 'on'}
        isDisabled={!mayBeOn || isBusy}
        onChange={(isOn) => void turn(isOn)}
      />
      <Obstacle state={state} />
      <LastReceived key={tests} push={push} />
      <TestWalkView push={push} onDone={() => setTests((count) => count + 1)} />
    </Section>
  );
}

const STATE_WORD = {
  off: 'deviceOff',
  blocked: 'deviceBlocked',
  'needs-install': 'deviceOff',
  unsupported: 'deviceOff',
  starting: 'deviceStarting',
  push: 'deviceOn',
  page: 'deviceOnPage',
} as const;

/** What stands in the way, and how the person clears it. */
function Obstacle({ state }: { readonly state: DeviceState }): ReactNode {
  const { t } = useTranslation('push');
  if (state.kind === 'blocked')
    return (
      <Banner kind="warning" icon={<TriangleAlert />} isRounded>
        <p>{t('blocked')}</p>
        <p>{t(`browser_${browserOf(navigator)}`)}</p>
      </Banner>
    );
  if (state.kind !== 'needs-install' && state.kind !== 'unsupported') return null;
  return (
    <Banner icon={<Info />} isRounded>
      {t(state.kind === 'unsupported' ? 'deviceUnsupported' : 'askInstall')}
    </Banner>
  );
}

/** As the server heard it from this device's service worker. */
function LastReceived({ push: { call, deviceId } }: { readonly push: Push }): ReactNode {
  const { t, i18n } = useTranslation('push');
  const [arrivedAt, setArrivedAt] = useState<string | null>();
  useEffect(() => {
    let isCurrent = true;
    call(pushRoutes.getPushHealth, { params: { deviceId } }).then(
      (health) => isCurrent && setArrivedAt(health.lastArrivedAt),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [call, deviceId]);
  // Neither is known while it is asked for, and when nobody answers.
  if (arrivedAt === undefined) return null;
  return (
    <p className={styles['hint']}>
      {arrivedAt === null ? t('lastReceivedNever') : t('lastReceived', { when: dateAndTime(arrivedAt, i18n.language) })}
    </p>
  );
}
