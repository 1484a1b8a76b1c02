import type { ChatSummary } from '@dialog/shared/chats';
import type { User } from '@dialog/shared/users';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useCalls } from '../useCalls.ts';
import type { Incoming } from './rings.state.ts';

interface RingName {
  /** Who calls. */
  readonly caller: string;
  readonly user: User | undefined;
  /** Where they call, when it is a group. */
  readonly group: string | undefined;
  readonly summary: ChatSummary | undefined;
}

/** Who calls, and where, as one knows them. */
export function useRingName(ring: Pick<Incoming, 'chatId' | 'from'> | undefined): RingName {
  const { t } = useTranslation('ring');
  const { chats } = useCalls();
  const summary = useStore(chats.store, ({ list }) => ring && list.chats.get(ring.chatId)?.summary);
  const user = useStore(chats.people.store, (known) => (ring ? known.get(ring.from) : undefined));
  useEffect(() => {
    if (ring) chats.people.want(ring.from);
  }, [chats, ring]);
  const known = user ?? summary?.peer ?? undefined;
  return { user: known, caller: known?.displayName ?? t('somebody'), group: groupIn(summary), summary };
}

function groupIn(summary: ChatSummary | undefined): string | undefined {
  return summary?.chat.kind === 'group' ? (summary.chat.title ?? undefined) : undefined;
}
