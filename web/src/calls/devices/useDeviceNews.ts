import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../ui/toast.ts';
import { useCalls } from '../useCalls.ts';
import { type DeviceKind, labelOf, substituteOf } from './devices.choice.ts';
import type { LocalMediaState } from './local.media.ts';

const KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker'];

/** Says when a chosen device was unplugged and which one serves meanwhile, and when it is back. */
export function useDeviceNews(): void {
  const { t } = useTranslation('lobby');
  const { store } = useCalls().own.media;
  useEffect(
    () =>
      store.subscribe((state, before) => {
        for (const kind of KINDS) {
          const [now, then] = [substituteIn(state, kind), substituteIn(before, kind)];
          if (now && !now.isPlugged && (!then || then.used !== now.used)) toast(t('deviceUnplugged', now));
          if (then && !now && state.choice[kind] === then.missing) toast(t('deviceBack', then));
        }
      }),
    [store, t],
  );
}

function substituteIn(state: LocalMediaState, kind: DeviceKind) {
  const inUse = kind === 'speaker' ? undefined : labelOf(state[kind].raw, state.devices[kind]);
  return substituteOf(state.devices[kind], { chosen: state.choice[kind], inUse });
}
