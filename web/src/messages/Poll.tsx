import type { Message, MessageMark, PollContent } from '@dialog/shared/messages';
import { Check } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../chats/times.ts';
import { useIsOver } from '../platform/useIsOver.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';
import styles from './Poll.module.css';
import { useDesk } from './useDesk.ts';
import { usePolls } from './usePolls.ts';

interface PollProps {
  readonly message: Message;
  readonly content: PollContent;
  readonly mark: MessageMark | null;
}

const NONE: readonly number[] = [];

/** A question with its options: how it stands, and one's own vote, which counts at once. */
export function Poll({ message, content, mark }: PollProps): ReactNode {
  const { t } = useTranslation('messages');
  const name = useId();
  const isOver = useIsOver(content.closesAt);
  const { votes, choose, takeBack } = useVote(message, content, mark);
  const isClosed = isOver || message.poll?.closedAt !== undefined;
  const kind = t(content.isMultiple ? 'pollSeveral' : 'pollOne');
  return (
    <div className={styles['poll']}>
      <fieldset className={styles['options']} disabled={isClosed}>
        <legend className={styles['question']} dir="auto">
          {content.question}
        </legend>
        <p className={styles['kind']}>
          {isClosed ? t('pollFinal') : kind}
          {content.isAnonymous && ` · ${t('pollAnonymous')}`}
        </p>
        {content.options.map((text, option) => (
          <Option
            // oxlint-disable-next-line react/no-array-index-key -- options stay as and where they are, and two may read the same
            key={option}
            name={name}
            text={text}
            isMultiple={content.isMultiple}
            isMine={votes.includes(option)}
            count={message.poll?.counts[option] ?? 0}
            voters={message.poll?.voters ?? 0}
            onChange={(isOn) => choose(option, isOn)}
          />
        ))}
      </fieldset>
      <Foot
        message={message}
        content={content}
        isClosed={isClosed}
        onTakeBack={votes.length > 0 ? takeBack : undefined}
      />
    </div>
  );
}

/** One's own vote, shown as chosen while it is on its way. */
function useVote(message: Message, { isMultiple }: PollContent, mark: MessageMark | null) {
  const polls = usePolls();
  const errorText = useErrorText();
  const [sending, setSending] = useState<readonly number[]>();
  const votes = sending ?? mark?.votes ?? NONE;

  async function vote(options: readonly number[]): Promise<void> {
    if (sending) return;
    setSending(options);
    try {
      await polls.vote(message, options);
    } catch (failure) {
      toast(errorText(failure), { kind: 'danger' });
    } finally {
      setSending(undefined);
    }
  }

  return {
    votes,
    choose(option: number, isOn: boolean): void {
      const others = isMultiple ? votes.filter((one) => one !== option) : [];
      void vote(isOn ? [...others, option].toSorted((a, b) => a - b) : others);
    },
    takeBack: () => void vote(NONE),
  };
}

interface OptionProps {
  readonly name: string;
  readonly text: string;
  readonly isMultiple: boolean;
  readonly isMine: boolean;
  readonly count: number;
  readonly voters: number;
  readonly onChange: (isOn: boolean) => void;
}

function Option({ name, text, isMultiple, isMine, count, voters, onChange }: OptionProps): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const id = useId();
  const share = voters === 0 ? 0 : count / voters;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share);
  return (
    <label className={styles['option']} data-multiple={isMultiple}>
      <input
        type={isMultiple ? 'checkbox' : 'radio'}
        name={name}
        className="visually-hidden"
        checked={isMine}
        aria-describedby={id}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={styles['tick']}>{isMine && <Check aria-hidden="true" />}</span>
      <span className={styles['text']} dir="auto">
        {text}
      </span>
      <span className={styles['percent']} aria-hidden="true">
        {percent}
      </span>
      <span id={id} className="visually-hidden">
        {t('pollVotes', { count })}, {percent}
      </span>
      <span className={styles['bar']} aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
    </label>
  );
}

interface FootProps extends Omit<PollProps, 'mark'> {
  readonly isClosed: boolean;
  readonly onTakeBack: (() => void) | undefined;
}

function Foot({ message, content, isClosed, onTakeBack }: FootProps): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const desk = useDesk();
  const voters = message.poll?.voters ?? 0;
  const { closesAt } = content;
  return (
    <div className={styles['foot']}>
      <span>{t('pollVoters', { count: voters })}</span>
      {closesAt !== undefined && !isClosed && (
        <time dateTime={closesAt}>{t('pollClosesAt', { at: dayAndTime(closesAt, i18n.language) })}</time>
      )}
      {!content.isAnonymous && voters > 0 && (
        <button type="button" onClick={() => desk.setState({ dialog: { kind: 'voters', message } })}>
          {t('pollShowVoters')}
        </button>
      )}
      {onTakeBack && !isClosed && (
        <button type="button" onClick={onTakeBack}>
          {t('pollTakeBack')}
        </button>
      )}
    </div>
  );
}
