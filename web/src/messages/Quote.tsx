import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePersonName } from '../chats/useChats.ts';
import { useExcerpt } from '../chats/useExcerpt.ts';
import { usePlainText } from '../chats/usePlainText.ts';
import { classes } from '../ui/classes.ts';
import { hueOf } from '../ui/initials.ts';
import hues from './hues.module.css';
import styles from './Quote.module.css';
import { isExpired } from './messages.expiry.ts';
import { useQuoted } from './useQuoted.ts';

/** What a message answers, to press and be led there. As high before it is known as after. */
export function Quote({ chatId, position }: { readonly chatId: ChatId; readonly position: number }): ReactNode {
  const quoted = useQuoted(chatId, position);
  return (
    <button type="button" className={styles['quote']} data-act="jump" data-position={position}>
      <QuotedLines quoted={quoted} />
    </button>
  );
}

/** Who and what, one line each. */
export function QuotedLines({ quoted }: { readonly quoted: Message | null | undefined }): ReactNode {
  const name = usePersonName(quoted?.senderId ?? null);
  return (
    <span className={classes(styles['lines'], quoted ? hues[`hue${hueOf(quoted.senderId)}`] : undefined)}>
      <span className={styles['name']}>
        <bdi>{quoted ? name : '\u00a0'}</bdi>
      </span>
      <span className={styles['text']}>
        <bdi>{useLine(quoted)}</bdi>
      </span>
    </span>
  );
}

/** A message in one line. */
function useLine(quoted: Message | null | undefined): string {
  const { t } = useTranslation('messages');
  const excerpt = useExcerpt();
  const words = usePlainText((quoted && excerpt(quoted.content)) ?? '');
  if (quoted === undefined) return '\u00a0';
  if (quoted && isExpired(quoted)) return t('expired');
  if (quoted === null || quoted.content.kind === 'deleted') return t('deleted');
  return quoted.content.kind === 'text' || quoted.content.kind === 'poll'
    ? words.slice(0, EXCERPT_MAX)
    : t('unreadable');
}

const EXCERPT_MAX = 200;
