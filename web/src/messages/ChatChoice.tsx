import type { ChatId } from '@dialog/shared/contract/values';
import { Check, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ChatAvatar } from '../chats/ChatAvatar.tsx';
import { inOrder } from '../chats/chats.store.ts';
import { useChats, useChatTitle } from '../chats/useChats.ts';
import { TextField } from '../ui/TextField.tsx';
import styles from './dialogs.module.css';

const SHOWN_MAX = 50;

export function toggled(picked: ReadonlySet<ChatId>, id: ChatId): ReadonlySet<ChatId> {
  const next = new Set(picked);
  if (!next.delete(id)) next.add(id);
  return next;
}

interface ChatChoiceProps {
  readonly picked: ReadonlySet<ChatId>;
  readonly onToggle: (chatId: ChatId) => void;
  readonly field: React.RefObject<HTMLInputElement | null>;
}

/** Chats to pick from, several at once. */
export function ChatChoice({ picked, onToggle, field }: ChatChoiceProps): ReactNode {
  const { t } = useTranslation('messages');
  const { sync } = useChats();
  const titleOf = useChatTitle();
  const list = useStore(sync.store, (state) => state.list);
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = inOrder(list)
    .map(({ summary }) => ({ summary, title: titleOf(summary) }))
    .filter(({ title, summary }) => `${title} ${summary.peer?.userName ?? ''}`.toLocaleLowerCase().includes(wanted))
    .slice(0, SHOWN_MAX);
  return (
    <>
      <TextField
        ref={field}
        label={t('findChat')}
        placeholder={t('findChat')}
        isLabelHidden
        type="search"
        value={filter}
        onChange={setFilter}
        lead={<Search aria-hidden="true" />}
      />
      <ul className={styles['list']}>
        {shown.map(({ summary, title }) => (
          <li key={summary.chat.id}>
            <label className={styles['choice']}>
              <input
                type="checkbox"
                className="visually-hidden"
                checked={picked.has(summary.chat.id)}
                onChange={() => onToggle(summary.chat.id)}
              />
              <ChatAvatar summary={summary} size={36} />
              <span className={styles['choiceName']}>
                <bdi>{title}</bdi>
              </span>
              <span className={styles['tick']}>{picked.has(summary.chat.id) && <Check aria-hidden="true" />}</span>
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}
