import type { Attachment } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import { mentionsIn } from '@dialog/shared/mentions';
import { SCHEDULED_AHEAD_MAX_MS, type ScheduledMessage } from '@dialog/shared/messages.scheduled';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttachments } from '../attachments/useAttachments.ts';
import { dayAndTime } from '../chats/times.ts';
import { useChats } from '../chats/useChats.ts';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './ScheduleDialog.module.css';
import { fromLocalInput, proposedTimes, toLocalInput } from './scheduleTimes.ts';
import { toWire } from './mentionText.ts';
import { useScheduled } from './useScheduled.ts';
import { editableText } from './useWire.ts';

interface ScheduleDialogProps {
  readonly title: string;
  readonly initial: Date;
  readonly isSilent?: boolean;
  /** Below the time. */
  readonly children?: ReactNode;
  readonly isReady?: boolean;
  readonly onClose: () => void;
  readonly onDone: (sendAt: string, isSilent: boolean) => Promise<void>;
}

interface NewProps {
  readonly chatId: ChatId;
  readonly words: Pick<ScheduledMessage, 'text' | 'replyTo' | 'attachments'>;
  readonly onClose: () => void;
  readonly onScheduled: () => void;
}

/** When what is in the composer is to be posted. */
export function ScheduleNewDialog({ chatId, words, onClose, onScheduled }: NewProps): ReactNode {
  const { t } = useTranslation('messages');
  const scheduled = useScheduled();
  const upload = useUpload(chatId);
  const { attachments: files = [], ...said } = words;
  const [initial] = useState(() => proposedTimes(new Date()).inAnHour);
  return (
    <TimeDialog
      title={t('scheduleTitle')}
      initial={initial}
      isSilent={false}
      onClose={onClose}
      onDone={async (sendAt, isSilent) => {
        await upload(files);
        await scheduled.schedule(chatId, {
          ...said,
          ...(files.length > 0 ? { attachmentIds: files.map(({ id }) => id) } : {}),
          sendAt,
          ...(isSilent ? { isSilent } : {}),
        });
        onScheduled();
      }}
    />
  );
}

/** Brings files up as long as the dialog is open; closed before, they are in the tray as they were. */
function useUpload(chatId: ChatId): (files: readonly Attachment[]) => Promise<void> {
  const { uploads, files: local } = useAttachments();
  const uploading = useRef<AbortController>(undefined);
  useEffect(() => () => uploading.current?.abort(), []);
  return async (files) => {
    uploading.current = new AbortController();
    await uploads.send(chatId, files, uploading.current.signal);
    local.letGo(files.map(({ id }) => id));
  };
}

/** Other words, or another time, for what waits. */
export function ScheduleChangeDialog({
  message,
  onClose,
}: {
  readonly message: ScheduledMessage;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('messages');
  const scheduled = useScheduled();
  const { people } = useChats().sync;
  const [text, setText] = useState(() => editableText(message.text, people));

  function wire(): string {
    const known = people.store.getState();
    const named = mentionsIn(message.text).userIds.map((id) => [known.get(id)?.userName ?? '', id] as const);
    return toWire(text.trim(), { people: new Map(named), hasEveryone: true });
  }

  return (
    <TimeDialog
      title={t('changeScheduled')}
      initial={new Date(message.sendAt)}
      isReady={text.trim() !== '' || message.attachments !== undefined}
      onClose={onClose}
      onDone={(sendAt) => scheduled.change(message, { text: wire(), sendAt })}
    >
      <label className={styles['words']}>
        <span>{t('text')}</span>
        <textarea rows={4} dir="auto" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
    </TimeDialog>
  );
}

function TimeDialog(props: ScheduleDialogProps): ReactNode {
  const { title, initial, children, isReady = true, onClose, onDone } = props;
  const { t } = useTranslation('messages');
  const { act, isBusy, error } = useAct();
  const field = useRef<HTMLInputElement>(null);
  const [now] = useState(() => new Date());
  const [value, setValue] = useState(() => toLocalInput(initial));
  const [isSilent, setSilent] = useState(props.isSilent ?? false);
  const at = fromLocalInput(value);
  const isPast = at !== undefined && at.getTime() < now.getTime() - 60_000;

  async function done(): Promise<void> {
    if (!at || isPast || !isReady) return;
    await act(async () => {
      await onDone(at.toISOString(), isSilent);
      onClose();
    });
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      initialFocus={field}
      footer={
        <Button kind="primary" disabled={!at || isPast || !isReady} isBusy={isBusy} onClick={() => void done()}>
          {t(props.isSilent === undefined ? 'save' : 'schedule')}
        </Button>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void done();
        }}
      >
        <Proposals now={now} onPick={(date) => setValue(toLocalInput(date))} />
        <TextField
          ref={field}
          label={t('sendAt')}
          type="datetime-local"
          min={toLocalInput(now)}
          max={toLocalInput(new Date(now.getTime() + SCHEDULED_AHEAD_MAX_MS))}
          value={value}
          onChange={setValue}
          error={isPast ? t('isPast') : error}
        />
        {children}
        {props.isSilent !== undefined && <Switch label={t('withoutSound')} isOn={isSilent} onChange={setSilent} />}
      </form>
    </Dialog>
  );
}

function Proposals({ now, onPick }: { readonly now: Date; readonly onPick: (date: Date) => void }): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const { inAnHour, tonight, tomorrow } = proposedTimes(now);
  const offered = [
    { name: t('inAnHour'), date: inAnHour },
    ...(tonight ? [{ name: t('tonight'), date: tonight }] : []),
    { name: t('tomorrowMorning'), date: tomorrow },
  ];
  return (
    <div className={styles['proposals']}>
      {offered.map(({ name, date }) => (
        <Button key={name} size="s" title={dayAndTime(date.toISOString(), i18n.language)} onClick={() => onPick(date)}>
          {name}
        </Button>
      ))}
    </div>
  );
}
