import { type ChatId, MessageId } from '@dialog/shared/contract/values';
import { POLL_OPTION_MAX, POLL_OPTIONS_MAX, POLL_OPTIONS_MIN, POLL_QUESTION_MAX } from '@dialog/shared/messages.polls';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './ScheduleDialog.module.css';
import { fromLocalInput, toLocalInput } from './scheduleTimes.ts';
import { usePolls } from './usePolls.ts';

/** Asks the chat something. Under one id: a second try is no second poll. */
export function PollDialog({ chatId, onClose }: { readonly chatId: ChatId; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('messages');
  const polls = usePolls();
  const { act, isBusy, error } = useAct();
  const field = useRef<HTMLInputElement>(null);
  const [id] = useState(() => MessageId.parse(uuidv7()));
  const [now] = useState(() => new Date());
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState<readonly string[]>(['', '']);
  const [isMultiple, setMultiple] = useState(false);
  const [isAnonymous, setAnonymous] = useState(false);
  const [until, setUntil] = useState('');
  const given = options.map((option) => option.trim()).filter((option) => option !== '');
  const closes = fromLocalInput(until);
  const isPast = closes !== undefined && closes <= now;
  const isReady = question.trim() !== '' && given.length >= POLL_OPTIONS_MIN && !isPast;

  async function ask(): Promise<void> {
    if (!isReady) return;
    const closing = closes ? { closesAt: closes.toISOString() } : {};
    await act(async () => {
      await polls.post(chatId, { id, question: question.trim(), options: given, isMultiple, isAnonymous, ...closing });
      onClose();
    });
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('pollTitle')}
      initialFocus={field}
      footer={
        <Button kind="primary" disabled={!isReady} isBusy={isBusy} onClick={() => void ask()}>
          {t('pollAsk')}
        </Button>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <TextField
          ref={field}
          label={t('pollQuestion')}
          maxLength={POLL_QUESTION_MAX}
          value={question}
          onChange={setQuestion}
        />
        <Options options={options} onChange={setOptions} />
        <Switch label={t('pollMultiple')} isOn={isMultiple} onChange={setMultiple} />
        <Switch label={t('pollAnonymous')} hint={t('pollAnonymousHint')} isOn={isAnonymous} onChange={setAnonymous} />
        <TextField
          label={t('pollCloses')}
          type="datetime-local"
          min={toLocalInput(now)}
          value={until}
          onChange={setUntil}
          hint={t('pollClosesHint')}
          error={isPast ? t('isPast') : undefined}
        />
        {/* Enter in a field asks. */}
        <button type="submit" hidden aria-label={t('pollAsk')} disabled={!isReady} />
      </form>
      <Failure text={error} />
    </Dialog>
  );
}

interface OptionsProps {
  readonly options: readonly string[];
  readonly onChange: (options: readonly string[]) => void;
}

/** There is always room for one more, up to the last. */
function Options({ options, onChange }: OptionsProps): ReactNode {
  const { t } = useTranslation('messages');

  function change(at: number, text: string): void {
    const changed = options.map((option, index) => (index === at ? text : option));
    const isFull = changed.every((option) => option !== '') && changed.length < POLL_OPTIONS_MAX;
    onChange(isFull ? [...changed, ''] : changed);
  }

  return options.map((option, at) => (
    <TextField
      // oxlint-disable-next-line react/no-array-index-key -- fields stay where they are
      key={at}
      label={t('pollOption', { number: at + 1 })}
      isLabelHidden
      placeholder={t('pollOption', { number: at + 1 })}
      maxLength={POLL_OPTION_MAX}
      value={option}
      onChange={(text) => change(at, text)}
    />
  ));
}
