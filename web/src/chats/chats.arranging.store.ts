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
export const EVERYONES_PARTS = ['all', 'unread', 'direct', 'groups'] as const;
export type ListPart = (typeof EVERYONES_PARTS)[number] | FolderId;

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

/** A folder may have been removed on another device. */
export function isThere(part: ListPart, folders: readonly Folder[]): boolean {
  return isFolder(part) ? folders.some(({ id }) => id === part) : true;
}

export function isFolder(part: ListPart): part is FolderId {
  return !EVERYONES_PARTS.some((one) => one === part);
}

interface PartOptions {
  readonly folders: readonly Folder[];
  /** Stays among the unread while it is read. */
  readonly selectedId?: ChatId | undefined;
}

export function partOf(
  summaries: readonly ChatSummary[],
  part: ListPart,
  { folders, selectedId }: PartOptions,
): readonly ChatSummary[] {
  if (part === 'all') return summaries;
  if (part === 'unread') return summaries.filter((summary) => isUnread(summary) || summary.chat.id === selectedId);
  if (part === 'groups') return summaries.filter(({ chat }) => chat.kind === 'group');
  if (part === 'direct') return summaries.filter(({ chat }) => chat.kind !== 'group');
  const chatIds = new Set(folders.find((folder) => folder.id === part)?.chatIds);
  return summaries.filter(({ chat }) => chatIds.has(chat.id));
}

/** How many of these chats ask to be looked at; muted ones do not ask. */
export function countAsking(summaries: readonly ChatSummary[], now: number): number {
  return summaries.filter((summary) => isUnread(summary) && !isMuted(summary.place, now)).length;
}

/** All unread messages that ask to be read, in chats that are neither muted nor archived; a marked chat counts as one. */
export function unreadTotal(list: ChatList, now: number): number {
  return [...list.chats.values()]
    .filter(({ summary }) => !isMuted(summary.place, now) && !isArchived(summary, now))
    .reduce((sum, { summary }) => sum + Math.max(summary.unreadCount, summary.place.isMarkedUnread ? 1 : 0), 0);
}

/** When the next mute ends, and with it what the list shows. */
export function nextUnmuting(list: ChatList, now: number): number | undefined {
  const ends = [...list.chats.values()].flatMap(({ summary: { place } }) =>
    place.mutedUntil !== null && isMuted(place, now) ? [Date.parse(place.mutedUntil)] : [],
  );
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** The pinned chats above and below this one, as they are shown; none around one that is not pinned. */
export function pinnedAround({ shown }: Arranged, chatId: ChatId) {
  const pinned = shown.filter(({ place }) => place.pinOrder !== null).map(({ chat }) => chat.id);
  const at = pinned.indexOf(chatId);
  return { above: at === -1 ? [] : pinned.slice(0, at), below: at === -1 ? [] : pinned.slice(at + 1) };
}

/** The list with a place as it will be, before the server has said so. */
export function withPlace(list: ChatList, chatId: ChatId, change: Partial<ChatPlace>): ChatList {
  const known = list.chats.get(chatId);
  if (!known) return list;
  const summary = { ...known.summary, place: { ...known.summary.place, ...change } };
  return { ...list, chats: new Map(list.chats).set(chatId, { ...known, summary }) };
}
