import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { IconButton } from '../../ui/IconButton.tsx';
import type { SourceKind } from '../devices/local.media.ts';
import { MICROPHONE_CHORD } from '../devices/useMicrophoneChord.ts';
import { useHoldToTalk, useTalkHolds } from '../devices/useTalkHolds.ts';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { KEYS } from './callKeys.ts';
import { toggleDevice } from '../devices/toggleDevice.ts';

interface SizeProps {
  readonly size?: 'm' | 's';
}

export function MuteButton(props: SizeProps): ReactNode {
  const isPushToTalk = useLocalMedia(({ habits }) => habits.isPushToTalk);
  return isPushToTalk ? <TalkButton {...props} /> : <DeviceButton kind="microphone" {...props} />;
}

export function CameraButton(props: SizeProps): ReactNode {
  return <DeviceButton kind="camera" {...props} />;
}

/** What a press does, while it is on and while it is off. In the small bar the keys of the stage are not heard. */
const LOOKS = {
  microphone: {
    keys: { m: KEYS.mute, s: MICROPHONE_CHORD },
    on: ['mute', <Mic key="on" />],
    off: ['unmute', <MicOff key="off" />],
  },
  camera: {
    keys: { m: KEYS.camera, s: undefined },
    on: ['cameraTurnOff', <Video key="on" />],
    off: ['cameraTurnOn', <VideoOff key="off" />],
  },
} as const;

function DeviceButton({ kind, size = 'm' }: SizeProps & { readonly kind: SourceKind }): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const isOn = useIsOn(kind);
  const { keys, [isOn ? 'on' : 'off']: look } = LOOKS[kind];
  const [word, icon] = look;
  return (
    <IconButton
      label={t(word)}
      {...(keys[size] && { keys: keys[size] })}
      size={size}
      kind={isOn ? 'plain' : 'danger'}
      onClick={() => toggleDevice(media, kind)}
    >
      {icon}
    </IconButton>
  );
}

/** A finger that rests on it neither scrolls, selects nor asks for a menu. */
const HELD = { touchAction: 'none', userSelect: 'none', WebkitTouchCallout: 'none' } as const;

/** With push to talk one is heard while a pointer holds it; by keyboard it changes sides as it does without. */
function TalkButton({ size = 'm' }: SizeProps): ReactNode {
  const { t } = useTranslation(['calls', 'stage']);
  const { media } = useCalls().own;
  const button = useRef<HTMLButtonElement>(null);
  useHoldToTalk(button);
  const isHeld = useStore(useTalkHolds().store, (state) => state.isHeld);
  const isOn = useIsOn('microphone');
  // The same words for as long as it is held: a label that changes would be read out into what one says.
  const isLeftOpen = isOn && !isHeld;
  return (
    <IconButton
      ref={button}
      label={t(isLeftOpen ? 'mute' : 'stage:holdToTalk')}
      keys={isLeftOpen ? LOOKS.microphone.keys[size] : t('stage:spaceBar')}
      size={size}
      kind={isOn ? 'plain' : 'danger'}
      style={HELD}
      onClick={() => toggleDevice(media, 'microphone')}
    >
      {isOn ? <Mic /> : <MicOff />}
    </IconButton>
  );
}

function useIsOn(kind: SourceKind): boolean {
  return useLocalMedia((state) => state[kind].isWanted && state[kind].problem === null);
}
