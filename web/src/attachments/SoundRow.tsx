import type { Attachment } from '@dialog/shared/attachments';
import { Download, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { filePath } from '@dialog/shared/attachments';
import { classes } from '../ui/classes.ts';
import { playingTime } from './fileSize.ts';
import type { Track } from './player.ts';
import styles from './SoundRow.module.css';
import { UploadRing } from './UploadRing.tsx';
import { type UploadState, useAttachments } from './useAttachments.ts';

interface SoundRowProps {
  readonly track: Track;
  readonly upload: UploadState;
}

/** A voice note or a sound file, with the one player of the page. Only the one that is on renders as time goes. */
export function SoundRow({ track, upload }: SoundRowProps): ReactNode {
  const { t } = useTranslation('attachments');
  const { player } = useAttachments();
  const { id, kind, name } = track.attachment;
  const isOn = useStore(player.store, (state) => state.track?.attachment.id === id);
  return (
    <div className={styles['row']}>
      {upload === 'waiting' ? <UploadRing id={id} isInRow /> : <PlayButton track={track} />}
      <div className={styles['middle']}>
        {kind === 'audio' && <bdi className={styles['name']}>{name}</bdi>}
        <Times track={track} />
      </div>
      {isOn && <RateButton />}
      {kind === 'audio' && upload === 'none' && !isOn && (
        <a
          className={styles['download']}
          href={`${filePath(id, 'original')}?download=1`}
          download
          aria-label={t('download', { name })}
        >
          <Download aria-hidden="true" />
        </a>
      )}
    </div>
  );
}

function Times({ track }: { readonly track: Track }): ReactNode {
  const { t } = useTranslation('attachments');
  const { me, player } = useAttachments();
  const { id, kind, durationMs = 0 } = track.attachment;
  const timeMs = useStore(player.store, (state) => (state.track?.attachment.id === id ? state.timeMs : 0));
  const isNew = useStore(player.store, ({ heard }) => kind === 'voice' && track.senderId !== me && !heard.has(id));
  return (
    <>
      <Seek track={track} timeMs={timeMs} />
      <span className={styles['under']}>
        <span className={styles['time']}>{playingTime(timeMs > 0 ? timeMs : durationMs)}</span>
        {isNew && (
          <span className={styles['new']}>
            <span className="visually-hidden">{t('notHeard')}</span>
          </span>
        )}
      </span>
    </>
  );
}

function PlayButton({ track }: { readonly track: Track }): ReactNode {
  const { t } = useTranslation('attachments');
  const { player } = useAttachments();
  const { id, kind, name } = track.attachment;
  const isPlaying = useStore(player.store, (state) => state.isPlaying && state.track?.attachment.id === id);
  const hasFailed = useStore(player.store, (state) => state.hasFailed && state.track?.attachment.id === id);
  const what = kind === 'voice' ? t('voiceNote') : name;
  return (
    <button
      type="button"
      className={classes(styles['play'], hasFailed && styles['failed'])}
      aria-label={t(hasFailed ? 'soundFailed' : isPlaying ? 'pauseSound' : 'playSound', { what })}
      onClick={() => (isPlaying ? player.pause() : player.play(track))}
    >
      {isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
    </button>
  );
}

interface SeekProps {
  readonly track: Track;
  readonly timeMs: number;
}

/** A slider that is drawn as the waveform, or as a line where there is none. */
function Seek({ track, timeMs }: SeekProps): ReactNode {
  const { t } = useTranslation('attachments');
  const { player } = useAttachments();
  const { waveform, durationMs = 0 } = track.attachment;
  const share = durationMs > 0 ? Math.min(1, timeMs / durationMs) : 0;
  return (
    <span className={styles['seek']}>
      <Drawn waveform={waveform} share={share} />
      <input
        type="range"
        className={styles['range']}
        aria-label={t('seek')}
        aria-valuetext={t('timeOf', { time: playingTime(timeMs), whole: playingTime(durationMs) })}
        min={0}
        max={Math.max(1, durationMs)}
        step={Math.max(50, Math.round(durationMs / 60))}
        value={Math.min(timeMs, durationMs)}
        disabled={durationMs === 0}
        onChange={({ target }) => player.seek(track, Number(target.value))}
      />
    </span>
  );
}

function Drawn({ waveform, share }: { readonly waveform: Attachment['waveform']; readonly share: number }): ReactNode {
  if (!waveform)
    return (
      <span className={styles['line']} aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
    );
  return (
    <span className={styles['bars']} aria-hidden="true">
      {waveform.map((loudness, index) => (
        <span
          // oxlint-disable-next-line react/no-array-index-key -- bars are their places
          key={index}
          data-played={index < share * waveform.length}
          style={{ blockSize: `${Math.max(10, Math.round((loudness / 255) * 100))}%` }}
        />
      ))}
    </span>
  );
}

function RateButton(): ReactNode {
  const { t, i18n } = useTranslation('attachments');
  const { player } = useAttachments();
  const rate = useStore(player.store, (state) => state.rate);
  const shown = new Intl.NumberFormat(i18n.language).format(rate);
  return (
    <button type="button" className={styles['rate']} aria-label={t('rate', { rate: shown })} onClick={player.nextRate}>
      {t('times', { rate: shown })}
    </button>
  );
}
