import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { KEYS } from './callKeys.ts';
import { toggleDevice } from './toggleDevice.ts';

export function MuteButton({ size = 'm' }: { readonly size?: 'm' | 's' }): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const isOn = useLocalMedia(({ microphone }) => microphone.isWanted && microphone.problem === null);
  return (
    <IconButton
      label={isOn ? t('mute') : t('unmute')}
      keys={KEYS.mute}
      size={size}
      kind={isOn ? 'plain' : 'danger'}
      onClick={() => toggleDevice(media, 'microphone')}
    >
      {isOn ? <Mic /> : <MicOff />}
    </IconButton>
  );
}

export function CameraButton({ size = 'm' }: { readonly size?: 'm' | 's' }): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const isOn = useLocalMedia(({ camera }) => camera.isWanted && camera.problem === null);
  return (
    <IconButton
      label={isOn ? t('cameraTurnOff') : t('cameraTurnOn')}
      keys={KEYS.camera}
      size={size}
      kind={isOn ? 'plain' : 'danger'}
      onClick={() => toggleDevice(media, 'camera')}
    >
      {isOn ? <Video /> : <VideoOff />}
    </IconButton>
  );
}
