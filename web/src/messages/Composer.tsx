import type { ChatId } from '@dialog/shared/contract/values';
import { MESSAGE_TEXT_MAX } from '@dialog/shared/messages';
import { Check, SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Composer.module.css';
import { useMessages } from './useMessages.ts';
import { useWriting } from './useWriting.ts';

interface ComposerProps {
  readonly chatId: ChatId;
  readonly title: string;
}

/** From here on it is said how many characters are left. */
const COUNTED_FROM = MESSAGE_TEXT_MAX - 400;

/** Where one writes. The text is the chat's draft, so it is there after a reload. */
export function Composer({ chatId, title }: ComposerProps): ReactNode {
  const { t } = useTranslation('messages');
  const { drafts } = useMessages();
  const { text, task, isReady, ...writing } = useWriting(chatId);
  const field = useRef<HTMLTextAreaElement>(null);
  useFocusOnOpen(field);
  const { length } = text.trim();
  useEffect(() => {
    if (task.kind !== 'new') field.current?.focus();
  }, [task.kind]);

  function submit(): void {
    writing.submit();
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
      <div className={styles['box']}>
        <div className={styles['grow']} data-text={text}>
          <textarea
            ref={field}
            className={styles['field']}
            rows={1}
            value={text}
            dir={text === '' ? undefined : 'auto'}
            placeholder={t('composer')}
            aria-label={t('composerIn', { title })}
            aria-invalid={length > MESSAGE_TEXT_MAX}
            enterKeyHint="send"
            onChange={(event) => writing.write(event.target.value)}
            onBlur={drafts.flush}
            onKeyDown={(event) => {
              const isTaken =
                (event.key === 'Escape' && writing.cancel()) ||
                (event.key === 'ArrowUp' && text === '' && task.kind === 'new' && writing.editLast());
              if (!isTaken && !isSendKey(event)) return;
              event.preventDefault();
              if (!isTaken) submit();
            }}
          />
        </div>
        {length > COUNTED_FROM && <Counter left={MESSAGE_TEXT_MAX - length} />}
        <IconButton
          label={t(task.kind === 'edit' ? 'save' : 'send')}
          kind={isReady ? 'filled' : 'plain'}
          type="submit"
          hasTooltip={false}
          disabled={!isReady}
        >
          {task.kind === 'edit' ? <Check /> : <SendHorizontal className={styles['sendIcon']} />}
        </IconButton>
      </div>
    </form>
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

/** Enter, unless it makes a new line, or ends a word that is being composed (229 is what old Safari says then). */
function isSendKey({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
  if (key !== 'Enter' || shiftKey || nativeEvent.isComposing || nativeEvent.keyCode === 229) return false;
  // On a screen keyboard there is no Shift+Enter: Enter makes lines, the button sends.
  return !matchMedia('(pointer: coarse)').matches;
}

/** A hand that opened a chat by mouse or key goes on writing; a screen keyboard would cover what is to be read. */
function useFocusOnOpen(field: React.RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, [field]);
}
