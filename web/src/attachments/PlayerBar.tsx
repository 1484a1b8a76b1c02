import { Pause, Play, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { usePersonName } from '../chats/useChats.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { playingTime } from './fileSize.ts';
import styles from './PlayerBar.module.css';
import { useAttachments } from './useAttachments.ts';

/** What is heard, from whom, and how to end it. */
export function PlayerBar(): ReactNode {
  const { t } = useTranslation('attachments');
  const { player } = useAttachments();
  const { track, isPlaying, timeMs } = useStore(player.store);
  const name = usePersonName(track?.senderId ?? null);
  if (!track) return null;
  const { kind, name: fileName } = track.attachment;
  const what = kind === 'voice' ? t('voiceNote') : fileName;
  return (
    <section className={styles['bar']} aria-label={what}>
      <IconButton
        size="s"
        label={t(isPlaying ? 'pauseSound' : 'playSound', { what })}
        hasTooltip={false}
        onClick={() => (isPlaying ? player.pause() : player.play(track))}
      >
        {isPlaying ? <Pause /> : <Play />}
      </IconButton>
      <span className={styles['words']}>
        <bdi className={styles['name']}>{name}</bdi> <bdi>{what}</bdi>
      </span>
      <span className={styles['time']}>{playingTime(timeMs)}</span>
      <IconButton size="s" label={t('stopSound')} hasTooltip={false} onClick={player.close}>
        <X />
      </IconButton>
    </section>
  );
}
