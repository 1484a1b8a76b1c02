import { Users } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { OwnEmojiSign } from '../emoji/EmojiSign.tsx';
import styles from './CompletionList.module.css';
import type { Option } from './completionOptions.ts';
import { EVERYONE_NAME } from './mentionText.ts';
import type { Completions } from './useCompletions.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';

type CompletionListProps = Pick<Completions, 'listId' | 'optionId' | 'options' | 'active' | 'pick'>;

/** What is offered for the word at the cursor. The field keeps the focus and the keys. */
export function CompletionList({ listId, optionId, options, active, pick }: CompletionListProps): ReactNode {
  const { t } = useTranslation('messages');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <>
      <output className="visually-hidden">{options.length > 0 && t('offered', { count: options.length })}</output>
      {options.length > 0 && (
        <div
          ref={list}
          id={listId}
          className={styles['list']}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a listbox that is none of HTML's
          role="listbox"
          tabIndex={-1}
          aria-label={t('offers')}
        >
          {options.map((option, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field takes the keys
            <div
              key={keyOf(option)}
              id={optionId(index)}
              className={styles['option']}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- of a listbox that is none of HTML's
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              // The field keeps the focus, and with it the screen keyboard.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
            >
              <OptionView option={option} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function keyOf(option: Option): string {
  if (option.kind === 'emoji') return option.code;
  if (option.kind === 'own') return option.emoji.name;
  return option.kind === 'person' ? option.user.id : EVERYONE_NAME;
}

function OptionView({ option }: { readonly option: Option }): ReactNode {
  const { t } = useTranslation('chats');
  if (option.kind === 'emoji')
    return (
      <>
        <span className={styles['emoji']}>{option.emoji}</span>
        <span className={styles['name']}>:{option.code}:</span>
      </>
    );
  if (option.kind === 'own')
    return (
      <>
        <span className={styles['emoji']} aria-hidden="true">
          <OwnEmojiSign emoji={option.emoji} />
        </span>
        <span className={styles['name']}>:{option.emoji.name}:</span>
      </>
    );
  if (option.kind === 'everyone')
    return (
      <>
        <span className={styles['all']}>
          <Users aria-hidden="true" />
        </span>
        <span className={styles['name']}>{t('everyone')}</span>
        <span className={styles['userName']}>@{EVERYONE_NAME}</span>
      </>
    );
  const { displayName, userName } = option.user;
  return (
    <>
      <PersonAvatar user={option.user} size={28} />
      <bdi className={styles['name']}>{displayName}</bdi>
      <bdi className={styles['userName']}>@{userName}</bdi>
    </>
  );
}
