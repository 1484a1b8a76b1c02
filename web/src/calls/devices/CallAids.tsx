import { Mic, MicOff } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { lazy } from '../../platform/late.ts';
import { Button } from '../../ui/Button.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import styles from './CallAids.module.css';
import { useDeviceNews } from './useDeviceNews.ts';
import { useMicrophoneChord } from './useMicrophoneChord.ts';
import { useMicrophoneHint } from './useMicrophoneHint.ts';
import { usePushToTalk } from './usePushToTalk.ts';
import { useTalkHolds } from './useTalkHolds.ts';

/** Comes where somebody has switched it on. */
const Caption = lazy(async () => ({ default: (await import('../captions/Caption.tsx')).Caption }));

/** As long as one is in a call, on every page: what one would otherwise only hear from others. */
export function CallAids(): ReactNode {
  const hasCaptions = useLocalMedia(({ habits }) => habits.hasCaptions);
  useDeviceNews();
  useMicrophoneChord();
  usePushToTalk();
  return (
    <output className={styles['aids']} data-theme="dark">
      <Suspense>{hasCaptions && <Caption />}</Suspense>
      <MicrophonePill />
    </output>
  );
}

/** That one speaks and nobody hears it, or is heard as long as a key or the button is held. */
function MicrophonePill(): ReactNode {
  const { t } = useTranslation('lobby');
  const isPushToTalk = useLocalMedia(({ habits }) => habits.isPushToTalk);
  const hint = useMicrophoneHint();
  const isOn = useLocalMedia(({ microphone }) => microphone.isWanted);
  // Muted while it is held, by oneself or by who keeps order: nobody hears.
  const isHeard = useStore(useTalkHolds().store, ({ isHeld }) => isHeld) && isOn;
  if (!isHeard && hint === null) return null;
  const muted = isPushToTalk ? 'talkingMutedPush' : 'talkingMuted';
  const word = hint === 'dead' ? 'microphoneDead' : isHeard ? 'pushHeld' : muted;
  return (
    // Who holds a key knows it; read out, it would talk into each word of theirs.
    <span className={styles['pill']} aria-hidden={word === 'pushHeld'}>
      {word === 'pushHeld' ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
      {t(word)}
      {hint === 'talkingMuted' && !isPushToTalk && <Unmute />}
    </span>
  );
}

function Unmute(): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  return (
    <Button size="s" onClick={() => media.want('microphone', true)}>
      {t('unmute')}
    </Button>
  );
}
