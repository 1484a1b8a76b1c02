import { Mic, MicOff } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import styles from './CallAids.module.css';
import { useDeviceNews } from './useDeviceNews.ts';
import { useMicrophoneHint } from './useMicrophoneHint.ts';
import { usePushToTalk } from './usePushToTalk.ts';

/** Comes where somebody has switched it on. */
const Caption = lazy(async () => ({ default: (await import('../captions/Caption.tsx')).Caption }));

/** As long as one is in a call, on every page: what one would otherwise only hear from others. */
export function CallAids(): ReactNode {
  const hasCaptions = useLocalMedia(({ habits }) => habits.hasCaptions);
  useDeviceNews();
  return (
    <output className={styles['aids']} data-theme="dark">
      <Suspense>{hasCaptions && <Caption />}</Suspense>
      <MicrophonePill />
    </output>
  );
}

/** That one speaks and nobody hears it, or is heard as long as a key is held. */
function MicrophonePill(): ReactNode {
  const { t } = useTranslation('lobby');
  const isPushToTalk = useLocalMedia(({ habits }) => habits.isPushToTalk);
  const hint = useMicrophoneHint();
  const isHeld = usePushToTalk();
  if (!isHeld && hint === null) return null;
  const muted = isPushToTalk ? 'talkingMutedPush' : 'talkingMuted';
  const word = hint === 'dead' ? 'microphoneDead' : isHeld ? 'pushHeld' : muted;
  return (
    <span className={styles['pill']}>
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
