import { type ChangeEvent, type KeyboardEvent, type ReactNode, type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { emojiOfCode, shortcodesLate } from '../emoji/shortcodes.ts';
import styles from './Composer.module.css';
import { closedShortcode } from './completion.ts';
import { editField } from './fieldEdit.ts';
import { markOfKeys, withMark } from './fieldMarks.ts';
import type { Completions } from './useCompletions.ts';
import { useMessages } from './useMessages.ts';
import { useThread } from './useThread.ts';
import type { Writing } from './useWriting.ts';

interface ComposerFieldProps {
  readonly title: string;
  readonly isTooLong: boolean;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly writing: Writing;
  readonly completions: Completions;
  readonly onSubmit: () => void;
}

/** The field itself: plain text, with keys for marks and offers for names and shortcodes. */
export function ComposerField(props: ComposerFieldProps): ReactNode {
  const { title, isTooLong, field, completions, writing } = props;
  const { text } = writing;
  const { t } = useTranslation('messages');
  const { drafts } = useMessages();
  const isInThread = useThread() !== null;
  useFocusOnOpen(field);
  const isOffering = completions.options.length > 0;

  function change({ target, nativeEvent }: ChangeEvent<HTMLTextAreaElement>): void {
    writing.write(target.value);
    completions.setCursor(cursorOf(target));
    if (nativeEvent instanceof InputEvent && nativeEvent.data === ':') void completeShortcode(target);
  }

  return (
    <div className={styles['grow']} data-text={text}>
      <textarea
        ref={field}
        className={styles['field']}
        rows={1}
        value={text}
        dir={text === '' ? undefined : 'auto'}
        placeholder={isInThread ? t('composerInThread') : t('composer')}
        aria-label={isInThread ? t('composerInThread') : t('composerIn', { title })}
        aria-invalid={isTooLong}
        aria-autocomplete="list"
        aria-controls={isOffering ? completions.listId : undefined}
        aria-activedescendant={isOffering ? completions.optionId(completions.active) : undefined}
        enterKeyHint="send"
        onChange={change}
        onSelect={({ currentTarget }) => completions.setCursor(cursorOf(currentTarget))}
        onBlur={() => {
          completions.setCursor(null);
          drafts.flush();
        }}
        onKeyDown={(event) => {
          if (!takesKey(event, props)) return;
          event.preventDefault();
        }}
      />
    </div>
  );
}

function takesKey(event: KeyboardEvent<HTMLTextAreaElement>, props: ComposerFieldProps): boolean {
  const { completions, writing, onSubmit } = props;
  if (completions.takesKey(event) || changesTask(event.key, writing)) return true;
  const mark = markOfKeys(event);
  if (mark !== undefined) {
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    editField(event.currentTarget, withMark({ text: value, from: selectionStart, to: selectionEnd }, mark));
    return true;
  }
  if (!isSendKey(event)) return false;
  onSubmit();
  return true;
}

/** Escape gives up an answer or an edit; the arrow up in an empty field edits what was written last. */
function changesTask(key: string, { text, task, cancel, editLast }: Writing): boolean {
  if (key === 'Escape') return cancel();
  return key === 'ArrowUp' && text === '' && task.kind === 'new' && editLast();
}

/** `:tada:` becomes its emoji with the second colon. Undone as one step, it stays as it was typed. */
async function completeShortcode(field: HTMLTextAreaElement): Promise<void> {
  if (!closedShortcode(field.value, field.selectionStart)) return;
  const { SHORTCODES } = await shortcodesLate.load();
  const closed = closedShortcode(field.value, field.selectionStart);
  const emoji = closed && emojiOfCode(SHORTCODES, closed.query);
  if (closed && emoji !== undefined) editField(field, { from: closed.from, to: closed.to, text: emoji });
}

function cursorOf({ selectionStart, selectionEnd }: HTMLTextAreaElement): number | null {
  return selectionStart === selectionEnd ? selectionStart : null;
}

/** Enter, unless it makes a new line, or ends a word that is being composed (229 is what old Safari says then). */
function isSendKey({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
  if (key !== 'Enter' || shiftKey || nativeEvent.isComposing || nativeEvent.keyCode === 229) return false;
  // On a screen keyboard there is no Shift+Enter: Enter makes lines, the button sends.
  return !matchMedia('(pointer: coarse)').matches;
}

/** A hand that opened a chat by mouse or key goes on writing; a screen keyboard would cover what is to be read. */
function useFocusOnOpen(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, [field]);
}
