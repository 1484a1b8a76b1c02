import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatPlace, Folder } from '@dialog/shared/chats.values';
import type { ChatId, FolderId } from '@dialog/shared/contract/values';
import { type ChatList, inOrder } from './chats.store.ts';

/** A person's list as they arranged it. */
export interface Arranged {
  /** The pinned first, in their order; then by activity. */
  readonly shown: readonly ChatSummary[];
  readonly archived: readonly ChatSummary[];
}

/** What of the list is looked at: a part that every list has, or a folder. */
export type ListPart = 'all' | 'unread' | 'direct' | 'groups' | FolderId;

export function isMuted({ mutedUntil }: ChatPlace, now: number): boolean {
  return mutedUntil !== null && Date.parse(mutedUntil) > now;
}

/** What comes after the archiving brings a chat back, unless it is muted. */
export function isArchived({ place, lastMessage }: ChatSummary, now: number): boolean {
  if (place.archivedAt === null) return false;
  return isMuted(place, now) || (lastMessage?.position ?? 0) <= place.archivedAt;
}

export function isUnread({ unreadCount, place }: ChatSummary): boolean {
  return unreadCount > 0 || place.isMarkedUnread;
}

export function arranged(list: ChatList, now: number): Arranged {
  const summaries = inOrder(list).map(({ summary }) => summary);
  const archived = summaries.filter((summary) => isArchived(summary, now));
  const rest = summaries.filter((summary) => !isArchived(summary, now));
  const pinned = rest.filter(({ place }) => place.pinOrder !== null);
  const shown = [...pinned.toSorted(byPin), ...rest.filter(({ place }) => place.pinOrder === null)];
  return { shown, archived };
}

function byPin(a: ChatSummary, b: ChatSummary): number {
  return (a.place.pinOrder ?? 0) - (b.place.pinOrder ?? 0);
}

export function partOf(summaries: readonly ChatSummary[], part: ListPart, folders: readonly Folder[]) {
  if (part === 'all') return summaries;
  if (part === 'unread') return summaries.filter(isUnread);
  if (part === 'groups') return summaries.filter(({ chat }) => chat.kind === 'group');
  if (part === 'direct') return summaries.filter(({ chat }) => chat.kind !== 'group');
  const chatIds = new Set(folders.find((folder) => folder.id === part)?.chatIds);
  return summaries.filter(({ chat }) => chatIds.has(chat.id));
}

/** How many of these chats ask to be looked at; muted ones do not ask. */
export function countAsking(summaries: readonly ChatSummary[], now: number): number {
  return summaries.filter((summary) => isUnread(summary) && !isMuted(summary.place, now)).length;
}

/** All unread messages that ask to be read; a chat marked as unread counts as one. */
export function unreadTotal(list: ChatList, now: number): number {
  return [...list.chats.values()]
    .filter(({ summary }) => !isMuted(summary.place, now))
    .reduce((sum, { summary }) => sum + Math.max(summary.unreadCount, summary.place.isMarkedUnread ? 1 : 0), 0);
}

/** When the next mute ends, and with it what the list shows. */
export function nextUnmuting(list: ChatList, now: number): number | undefined {
  const ends = [...list.chats.values()].flatMap(({ summary: { place } }) =>
    place.mutedUntil !== null && isMuted(place, now) ? [Date.parse(place.mutedUntil)] : [],
  );
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** The chats pinned above and below this one; of what is at an end, undefined. */
export function pinnedAround(list: ChatList, chatId: ChatId): { readonly above: ChatId[]; readonly below: ChatId[] } {
  const pinned = [...list.chats.values()]
    .map(({ summary }) => summary)
    .filter(({ place }) => place.pinOrder !== null)
    .toSorted(byPin)
    .map(({ chat }) => chat.id);
  const at = pinned.indexOf(chatId);
  return at === -1 ? { above: [], below: [] } : { above: pinned.slice(0, at), below: pinned.slice(at + 1) };
}

/** The list with a place as it will be, before the server has said so. */
export function withPlace(list: ChatList, chatId: ChatId, change: Partial<ChatPlace>): ChatList {
  const known = list.chats.get(chatId);
  if (!known) return list;
  const summary = { ...known.summary, place: { ...known.summary.place, ...change } };
  return { ...list, chats: new Map(list.chats).set(chatId, { ...known, summary }) };
}
