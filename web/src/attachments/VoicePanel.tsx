import type { Attachment } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import { SendHorizontal, Square, Trash2, X } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { IconButton } from '../ui/IconButton.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import { playingTime } from './fileSize.ts';
import type { Recorder, RecorderState, Recording } from './recorder.ts';
import { SoundRow } from './SoundRow.tsx';
import { useAttachments } from './useAttachments.ts';
import type { Hold } from './useHold.ts';
import { voiceFile } from './voiceFile.ts';
import styles from './VoicePanel.module.css';

interface VoicePanelProps {
  readonly chatId: ChatId;
  readonly recorder: Recorder;
  readonly hold: Hold;
  readonly onSend: (voice: Attachment) => void;
}

/** Over the composer while a voice note is made: recorded, heard, sent or thrown away. */
export function VoicePanel({ chatId, recorder, hold, onSend }: VoicePanelProps): ReactNode {
  const { t } = useTranslation('attachments');
  const state = useStore(recorder.store);
  useEscape(recorder.cancel);
  return (
    <section className={styles['panel']} aria-label={t('voiceNote')} data-hold={hold}>
      {(state.kind === 'starting' || state.kind === 'finishing') && <Spinner />}
      {state.kind === 'recording' && <RecordingNow state={state} recorder={recorder} hold={hold} />}
      {state.kind === 'recorded' && (
        <Recorded chatId={chatId} recording={state.recording} onSend={onSend} onDone={recorder.cancel} />
      )}
      {state.kind === 'failed' && (
        <>
          <p className={styles['problem']} role="alert">
            {t(state.problem === 'blocked' ? 'microphoneBlocked' : 'microphoneMissing')}
          </p>
          <IconButton label={t('close')} hasTooltip={false} onClick={recorder.cancel}>
            <X />
          </IconButton>
        </>
      )}
    </section>
  );
}

/** Before the page's own Escape, which would leave the chat. */
function useEscape(cancel: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    cancel();
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => onKey(event);
    addEventListener('keydown', hear, { capture: true });
    return () => removeEventListener('keydown', hear, { capture: true });
  }, []);
}

interface RecordingNowProps {
  readonly state: RecorderState & { readonly kind: 'recording' };
  readonly recorder: Recorder;
  readonly hold: Hold;
}

function RecordingNow({ state: { lastedMs, levels }, recorder, hold }: RecordingNowProps): ReactNode {
  const { t } = useTranslation('attachments');
  const stopButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (hold === 'none') stopButton.current?.focus();
  }, [hold]);
  return (
    <>
      <IconButton label={t('discardVoice')} hasTooltip={false} onClick={recorder.cancel}>
        <Trash2 />
      </IconButton>
      <span className={styles['dot']} aria-hidden="true" />
      <span className={styles['time']} role="timer">
        {playingTime(lastedMs)}
      </span>
      {hold === 'none' ? (
        <Levels levels={levels} />
      ) : (
        <output className={styles['hint']}>{t(hold === 'away' ? 'releaseToDiscard' : 'slideToDiscard')}</output>
      )}
      <IconButton
        label={t('stopRecording')}
        kind="danger"
        hasTooltip={false}
        onClick={recorder.finish}
        ref={stopButton}
      >
        <Square />
      </IconButton>
    </>
  );
}

/** So many bars, of which those not heard yet are flat. */
const LEVELS = 48;

function Levels({ levels }: { readonly levels: readonly number[] }): ReactNode {
  const shown = [...Array.from({ length: LEVELS }, () => 0), ...levels].slice(-LEVELS);
  return (
    <span className={styles['levels']} aria-hidden="true">
      {shown.map((level, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- bars are their places
        <span key={index} style={{ blockSize: `${Math.max(8, Math.round(level * 100))}%` }} />
      ))}
    </span>
  );
}

const focusOnce = (button: HTMLElement | null): void => button?.focus();

interface RecordedProps {
  readonly chatId: ChatId;
  readonly recording: Recording;
  readonly onSend: (voice: Attachment) => void;
  readonly onDone: () => void;
}

function Recorded({ chatId, recording, onSend, onDone }: RecordedProps): ReactNode {
  const { t } = useTranslation('attachments');
  const { me, files, newId, player } = useAttachments();
  const [voice] = useState(() => voiceFile(newId(), recording, new Date()));
  const [track] = useState({ attachment: voice, chatId, senderId: me, position: null });
  useEffect(() => files.hold(voice.id, recording.blob), [files, voice, recording]);

  function endHearing(): void {
    if (player.store.getState().track?.attachment.id === voice.id) player.close();
  }

  return (
    <>
      <IconButton
        label={t('discardVoice')}
        hasTooltip={false}
        onClick={() => {
          endHearing();
          files.letGo([voice.id]);
          onDone();
        }}
      >
        <Trash2 />
      </IconButton>
      <div className={styles['preview']}>
        <SoundRow track={track} upload="none" />
      </div>
      <IconButton
        label={t('sendVoice')}
        kind="filled"
        hasTooltip={false}
        ref={focusOnce}
        onClick={() => {
          endHearing();
          onSend(voice);
          onDone();
        }}
      >
        <SendHorizontal className={styles['sendIcon']} />
      </IconButton>
    </>
  );
}
