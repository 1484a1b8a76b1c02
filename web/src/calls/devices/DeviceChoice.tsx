import { Mic, Video, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/Select.tsx';
import styles from './DeviceChoice.module.css';
import { type DeviceKind, labelOf, pick, substituteOf } from './devices.choice.ts';
import { SpeakerTest } from './SpeakerTest.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';

const ICONS: Readonly<Record<DeviceKind, ReactNode>> = { microphone: <Mic />, camera: <Video />, speaker: <Volume2 /> };

/** Which camera, microphone and speaker. A kind that the browser names none of is left out. */
export function DeviceChoice(): ReactNode {
  return (
    <div className={styles['choice']}>
      <OneKind kind="microphone" />
      <OneKind kind="camera" />
      <OneKind kind="speaker" />
      <SpeakerTest />
    </div>
  );
}

function OneKind({ kind }: { readonly kind: DeviceKind }): ReactNode {
  const { t } = useTranslation('lobby');
  const { media } = useCalls().own;
  const devices = useLocalMedia((state) => state.devices[kind]);
  const label = useLocalMedia((state) => state.choice[kind]);
  const inUse = useLocalMedia((state) =>
    kind === 'speaker' ? undefined : labelOf(state[kind].raw, state.devices[kind]),
  );
  const chosen = devices.find((device) => device.label === inUse) ?? pick(devices, label);
  if (!chosen) return null;
  const options = devices.map((device) => ({ value: device.id, label: device.label }));
  const substitute = substituteOf(devices, { chosen: label, inUse });
  return (
    <div>
      <Select
        label={t(kind)}
        value={chosen.id}
        options={options}
        lead={ICONS[kind]}
        onChange={(id) => media.choose(kind, id)}
      />
      {substitute && (
        <output className={styles['note']}>
          {t(substitute.isPlugged ? 'deviceRefused' : 'deviceUnplugged', substitute)}
        </output>
      )}
    </div>
  );
}
