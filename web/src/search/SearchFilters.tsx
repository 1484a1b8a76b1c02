import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { SearchKind } from '@dialog/shared/search';
import { Shapes, User } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { presentMembers } from '../chats/members.store.ts';
import { useChats } from '../chats/useChats.ts';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import type { Question } from './messageSearch.ts';
import styles from './SearchFilters.module.css';

const ANYONE = 'anyone';
const ANYTHING = 'anything';

export interface Filters {
  readonly sender: UserId | typeof ANYONE;
  readonly kind: SearchKind | typeof ANYTHING;
  /** Days as a date field writes them, the last one included; empty: any. */
  readonly fromDay: string;
  readonly toDay: string;
}

export const ANY: Filters = { sender: ANYONE, kind: ANYTHING, fromDay: '', toDay: '' };

interface Asked {
  readonly chatId: ChatId;
  readonly words: string;
  readonly filters: Filters;
}

/** Days begin and end where the person is. */
export function questionOf({ chatId, words, filters: { sender, kind, fromDay, toDay } }: Asked): Question {
  return {
    chatId,
    words,
    ...(sender === ANYONE ? {} : { senderId: sender }),
    ...(kind === ANYTHING ? {} : { kinds: [kind] }),
    ...(fromDay === '' ? {} : { from: startOf(fromDay, 0) }),
    ...(toDay === '' ? {} : { to: startOf(toDay, 1) }),
  };
}

function startOf(day: string, daysLater: number): string {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}

interface SearchFiltersProps {
  readonly summary: ChatSummary;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

export function SearchFilters({ summary, filters, onChange }: SearchFiltersProps): ReactNode {
  const { t } = useTranslation('search');
  const people = usePeopleIn(summary);
  const set = (changed: Partial<Filters>): void => onChange({ ...filters, ...changed });
  return (
    <div className={styles['filters']}>
      <Select
        label={t('person')}
        isLabelHidden
        lead={<User />}
        value={filters.sender}
        options={[{ value: ANYONE, label: t('anyone') }, ...people]}
        onChange={(sender) => set({ sender })}
      />
      <Select
        label={t('kind')}
        isLabelHidden
        lead={<Shapes />}
        value={filters.kind}
        options={[
          { value: ANYTHING, label: t('anything') },
          ...SearchKind.options.map((kind) => ({ value: kind, label: t(`kind_${kind}`) })),
        ]}
        onChange={(kind) => set({ kind })}
      />
      <TextField
        label={t('from')}
        type="date"
        max={filters.toDay}
        value={filters.fromDay}
        onChange={(fromDay) => set({ fromDay })}
      />
      <TextField
        label={t('to')}
        type="date"
        min={filters.fromDay}
        value={filters.toDay}
        onChange={(toDay) => set({ toDay })}
      />
    </div>
  );
}

/** Those whose messages one may look for: who is in the chat, oneself first. */
function usePeopleIn({ chat }: ChatSummary): readonly { value: UserId; label: string }[] {
  const { t } = useTranslation('chats');
  const { me, actions, sync } = useChats();
  const known = useStore(sync.store, ({ members }) => members.get(chat.id));
  useEffect(() => {
    if (!known) void actions.loadMembers(chat.id, undefined).catch(() => undefined);
  }, [actions, chat.id, known]);
  return useMemo(() => {
    const others = known ? presentMembers(known, (a, b) => a.localeCompare(b)) : [];
    return [
      { value: me, label: t('you') },
      ...others.filter(({ user }) => user.id !== me).map(({ user }) => ({ value: user.id, label: user.displayName })),
    ];
  }, [known, me, t]);
}
