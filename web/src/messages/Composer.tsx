import type { ChatId } from '@dialog/shared/contract/values';
import { MESSAGE_TEXT_MAX } from '@dialog/shared/messages';
import { Smile } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { VoiceButton } from '../attachments/VoiceButton.tsx';
import { EmojiPicker } from '../emoji/EmojiPicker.tsx';
import { useGifTab } from '../gifs/useGifTab.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { CompletionList } from './CompletionList.tsx';
import styles from './Composer.module.css';
import { ComposerField } from './ComposerField.tsx';
import { editField } from './fieldEdit.ts';
import { SendButton } from './SendButton.tsx';
import { useCompletions } from './useCompletions.ts';
import { useThread } from './useThread.ts';
import { useWire } from './useWire.ts';
import { type SendingWay, useWriting, type Writing } from './useWriting.ts';

export interface ComposerProps {
  readonly chatId: ChatId;
  readonly title: string;
  /** Above the field: what goes with the words. */
  readonly bar?: ReactNode;
  /** Buttons before the field. */
  readonly lead?: ReactNode;
  /** Above the field: why one has to wait. */
  readonly notice?: ReactNode;
  /** Not yet to be sent. */
  readonly isHeld?: boolean;
}

/** From here on it is said how many characters are left. */
const COUNTED_FROM = MESSAGE_TEXT_MAX - 400;

/** Where one writes. The text is the chat's draft, so it is there after a reload. */
export function Composer({ chatId, title, bar, lead, notice, isHeld = false }: ComposerProps): ReactNode {
  const writing = useWriting(chatId);
  const thread = useThread();
  const { text, task } = writing;
  const [above, before] = task.kind === 'edit' ? [] : [bar, lead];
  const field = useRef<HTMLTextAreaElement>(null);
  const completions = useCompletions({ chatId, text, field });
  const wire = useWire(text, task, completions.mentionable);
  const isTooLong = wire.length > MESSAGE_TEXT_MAX;
  const isReady = !isHeld && isSendable(wire, writing.hasFiles);
  const isVoiceOffered = writing.isEmpty && !isHeld;
  useEffect(() => {
    if (task.kind !== 'new') field.current?.focus();
  }, [task.kind]);

  function submit(way?: SendingWay): void {
    if (isReady) writing.submit(wire, way);
    field.current?.focus();
  }

  return (
    <form
      className={styles['composer']}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {notice}
      <CompletionList {...completions} />
      <div className={styles['box']}>
        {above}
        <div className={styles['line']}>
          {before}
          <ComposerField
            title={title}
            isTooLong={isTooLong}
            field={field}
            writing={writing}
            completions={completions}
            onSubmit={submit}
          />
          {wire.length > COUNTED_FROM && <Counter left={MESSAGE_TEXT_MAX - wire.length} />}
          <EmojiButton
            field={field}
            chatId={chatId}
            onSend={task.kind === 'edit' || isHeld ? undefined : writing.sendBeside}
          />
          <VoiceButton chatId={chatId} isOffered={isVoiceOffered} onSend={writing.sendBeside} />
          {!isVoiceOffered && (
            <SendButton
              isReady={isReady}
              isEdit={task.kind === 'edit'}
              onSendSilently={() => submit({ isSilent: true })}
              onSchedule={thread !== null ? undefined : () => writing.schedule(wire)}
            />
          )}
        </div>
      </div>
    </form>
  );
}

/** Words, files or both, and not too many words. */
function isSendable(wire: string, hasFiles: boolean): boolean {
  return (wire.length > 0 || hasFiles) && wire.length <= MESSAGE_TEXT_MAX;
}

interface EmojiButtonProps {
  readonly field: React.RefObject<HTMLTextAreaElement | null>;
  readonly chatId: ChatId;
  /** Undefined while nothing can be sent beside the words. */
  readonly onSend: Writing['sendBeside'] | undefined;
}

function EmojiButton({ field, chatId, onSend }: EmojiButtonProps): ReactNode {
  const { t } = useTranslation('emoji');
  const gifs = useGifTab({ chatId, onTaken: (gif) => onSend?.(gif) });
  return (
    <EmojiPicker
      trigger={
        <IconButton label={t('open')} hasTooltip={false}>
          <Smile />
        </IconButton>
      }
      returnFocus={field}
      beside={onSend && gifs}
      onPick={(emoji) => {
        if (!field.current) return;
        const { selectionStart, selectionEnd } = field.current;
        editField(field.current, { from: selectionStart, to: selectionEnd, text: emoji });
      }}
    />
  );
}

function Counter({ left }: { readonly left: number }): ReactNode {
  const { t } = useTranslation('messages');
  const isOver = left < 0;
  return (
    <output className={classes(styles['counter'], isOver && styles['over'])}>
      <span aria-hidden="true">{left}</span>
      <span className="visually-hidden">
        {t(isOver ? 'charactersOver' : 'charactersLeft', { count: Math.abs(left) })}
      </span>
    </output>
  );
}
