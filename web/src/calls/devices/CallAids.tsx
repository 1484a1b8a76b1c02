import { Mic, MicOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { useCaptions } from '../captions/useCaptions.ts';
import styles from './CallAids.module.css';
import { useDeviceNews } from './useDeviceNews.ts';
import { useMicrophoneHint } from './useMicrophoneHint.ts';
import { usePushToTalk } from './usePushToTalk.ts';

/** As long as one is in a call, on every page: what one would otherwise only hear from others. */
export function CallAids(): ReactNode {
  const { t } = useTranslation('lobby');
  const isPushToTalk = useLocalMedia(({ habits }) => habits.isPushToTalk);
  const hint = useMicrophoneHint();
  const isHeld = usePushToTalk();
  useDeviceNews();
  const isShown = isHeld || hint !== null;
  return (
    <output className={styles['aids']} data-theme="dark">
      <Caption />
      {isShown && (
        <span className={styles['pill']}>
          {isHeld && hint !== 'dead' ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
          {t(
            hint === 'dead'
              ? 'microphoneDead'
              : isHeld
                ? 'pushHeld'
                : isPushToTalk
                  ? 'talkingMutedPush'
                  : 'talkingMuted',
          )}
          {hint === 'talkingMuted' && !isPushToTalk && <Unmute />}
        </span>
      )}
    </output>
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

/** For the eyes of who hears little; a screen reader has the voices themselves. */
function Caption(): ReactNode {
  const words = useCaptions();
  if (words === '') return null;
  return (
    <span className={styles['caption']} aria-hidden="true">
      {words}
    </span>
  );
}
