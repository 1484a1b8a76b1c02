import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import type { SourceKind } from '../devices/local.media.ts';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { KEYS } from './callKeys.ts';
import { toggleDevice } from './toggleDevice.ts';

interface SizeProps {
  readonly size?: 'm' | 's';
}

export function MuteButton(props: SizeProps): ReactNode {
  return <DeviceButton kind="microphone" {...props} />;
}

export function CameraButton(props: SizeProps): ReactNode {
  return <DeviceButton kind="camera" {...props} />;
}

/** What a press does, while it is on and while it is off. */
const LOOKS = {
  microphone: { keys: KEYS.mute, on: ['mute', <Mic key="on" />], off: ['unmute', <MicOff key="off" />] },
  camera: {
    keys: KEYS.camera,
    on: ['cameraTurnOff', <Video key="on" />],
    off: ['cameraTurnOn', <VideoOff key="off" />],
  },
} as const;

function DeviceButton({ kind, size = 'm' }: SizeProps & { readonly kind: SourceKind }): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const isOn = useLocalMedia((state) => state[kind].isWanted && state[kind].problem === null);
  const { keys, [isOn ? 'on' : 'off']: look } = LOOKS[kind];
  const [word, icon] = look;
  return (
    <IconButton
      label={t(word)}
      keys={keys}
      size={size}
      kind={isOn ? 'plain' : 'danger'}
      onClick={() => toggleDevice(media, kind)}
    >
      {icon}
    </IconButton>
  );
}
