import type { ChatSummary } from '@dialog/shared/chats';
import { callTag, friendTag } from '@dialog/shared/push.tags';
import type { User } from '@dialog/shared/users';
import type { ChatList } from '../chats/chats.store.ts';
import type { ChatSync } from '../chats/chats.sync.ts';

type GoingOn = NonNullable<ChatSummary['chat']['call']>;

/** What a person is told of besides messages, one notification per tag. */
export type Happening =
  | { readonly kind: 'friendRequest'; readonly tag: string; readonly user: User }
  | { readonly kind: 'call'; readonly tag: string; readonly summary: ChatSummary; readonly call: GoingOn };

interface Hearer {
  began(happening: Happening): void;
  /** Answered, taken back, ended: no notification of it is needed any more. */
  over(tag: string): void;
}

/** Tells of requests and calls as they come and go. Nothing of what was there before counts. Answers how to stop. */
export function hearHappenings({ store }: Pick<ChatSync, 'store'>, hearer: Hearer): () => void {
  return store.subscribe((now, before) => {
    if (!now.isKnown || !before.isKnown) return;
    const open = happeningsIn(now.list, before.list);
    const known = happeningsIn(before.list, now.list);
    for (const [tag, happening] of open) if (!known.has(tag)) hearer.began(happening);
    for (const tag of known.keys()) if (!open.has(tag)) hearer.over(tag);
  });
}

/** Leaves out what is the same in the other list. */
function happeningsIn(list: ChatList, other: ChatList): ReadonlyMap<string, Happening> {
  const found: Happening[] = [];
  if (list.relations !== other.relations)
    for (const [userId, { friendship, isBlocked, user }] of list.relations)
      if (friendship === 'asks' && !isBlocked) found.push({ kind: 'friendRequest', tag: friendTag(userId), user });
  if (list.chats !== other.chats)
    for (const [chatId, { summary }] of list.chats) {
      const { call } = summary.chat;
      if (call && summary !== other.chats.get(chatId)?.summary)
        found.push({ kind: 'call', tag: callTag(call.id), summary, call });
    }
  return new Map(found.map((happening) => [happening.tag, happening]));
}
