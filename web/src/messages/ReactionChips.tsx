import type { ReactionCount } from '@dialog/shared/messages.values';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmojiSign } from '../emoji/EmojiSign.tsx';
import styles from './ReactionChips.module.css';

interface ReactionChipsProps {
  readonly reactions: readonly ReactionCount[];
  readonly mine: readonly string[];
}

/** Each emoji with its count; pressed, one's own comes or goes. */
export function ReactionChips({ reactions, mine }: ReactionChipsProps): ReactNode {
  const { t } = useTranslation('messages');
  return (
    <fieldset className={styles['chips']}>
      <legend className="visually-hidden">{t('reactions')}</legend>
      {reactions.map(({ emoji, count }) => (
        <button
          key={emoji}
          type="button"
          className={styles['chip']}
          aria-pressed={mine.includes(emoji)}
          aria-label={t('reactedWith', { emoji, count })}
          data-act="react"
          data-emoji={emoji}
        >
          <span aria-hidden="true">
            <EmojiSign emoji={emoji} />
          </span>
          <span className={styles['count']} aria-hidden="true">
            {count}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
