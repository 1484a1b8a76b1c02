import type { ChatId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSummary } from '../chats/useChats.ts';
import { useRelation } from '../people/useRelations.ts';
import { useMessages } from './useMessages.ts';

export type PostingRule =
  | { readonly kind: 'free' }
  /** Only owners and admins post here. */
  | { readonly kind: 'closed' }
  /** One has blocked the other person of a direct chat. */
  | { readonly kind: 'blocked'; readonly user: User }
  /** Slow mode: not yet. */
  | { readonly kind: 'waiting'; readonly seconds: number };

const FREE: PostingRule = { kind: 'free' };
const TICK_MS = 1_000;

/** Whether one may post in this chat now; the server decides, this only says so before one tries. */
export function usePostingRule(chatId: ChatId): PostingRule {
  const summary = useSummary(chatId);
  const relation = useRelation(summary?.peer?.id);
  const isMember = summary?.role === 'member';
  const pace = usePace(chatId, isMember ? (summary.chat.slowModeSeconds ?? 0) : 0);
  if (relation?.isBlocked === true) return { kind: 'blocked', user: relation.user };
  return isMember && summary.chat.isAnnouncementOnly ? { kind: 'closed' } : pace;
}

/** Whether slow mode lets one post now. */
function usePace(chatId: ChatId, slowSeconds: number): PostingRule {
  const lastPostedAt = useLastPostedAt(chatId, slowSeconds > 0);
  const isUnderWay = useIsUnderWay(chatId);
  const now = useNow(slowSeconds > 0);
  if (slowSeconds === 0) return FREE;
  // One message at a time: what waits in the outbox will count when it is posted.
  const waitMs = isUnderWay ? slowSeconds * 1_000 : lastPostedAt + slowSeconds * 1_000 - now;
  // Whose clock is wrong waits no longer than the group says.
  return waitMs > 0 ? { kind: 'waiting', seconds: Math.min(slowSeconds, Math.ceil(waitMs / 1_000)) } : FREE;
}

function useIsUnderWay(chatId: ChatId): boolean {
  const { outbox } = useMessages();
  return useStore(outbox.store, ({ items }) => items.some((item) => item.chatId === chatId && item.refusal === null));
}

/** Of the newest message of one's own that is held here, in milliseconds; long ago when there is none. */
function useLastPostedAt(chatId: ChatId, isAsked: boolean): number {
  const { me, sync } = useMessages();
  const postedAt = useStore(sync.store, ({ histories }) => {
    if (!isAsked) return undefined;
    const { messages = [] } = histories.get(chatId) ?? {};
    return messages.findLast(({ senderId, content }) => senderId === me && content.kind !== 'system')?.postedAt;
  });
  return postedAt === undefined ? 0 : Date.parse(postedAt);
}

/** The time, each second while somebody asks. */
function useNow(isAsked: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isAsked) return undefined;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isAsked]);
  return now;
}
