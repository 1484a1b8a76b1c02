import type { ChatChanges, ChatSummary, PersonChanges } from '@dialog/shared/chats';
import { clearedPositionOf } from '@dialog/shared/chats.clearing';
import type { ChatPlace, Folder } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { EVERYONE_MEMBERS_MAX, mentionsIn } from '@dialog/shared/mentions';
import type { Message } from '@dialog/shared/messages';
import type { Relation } from '@dialog/shared/people.values';
import type { PersonProfile } from '@dialog/shared/users';
import { DEFAULT_SETTINGS, type Settings } from '@dialog/shared/settings.values';
import { withoutCleared } from './chats.clearing.ts';

/** Unread messages are counted up to here, as the server does. */
export const UNREAD_MAX = 1_000;
const MENTIONS_MAX = 100;
const TAKEN_MAX = 100;

/** A chat as this device knows it. */
export interface ListedChat {
  readonly summary: ChatSummary;
  /** The chat's revision when the server last counted for us. */
  readonly countedAt: number;
  /**
   * Positions of other people's texts heard since the server last counted for us, oldest first: what a count taken at
   * an older revision of the chat does not yet hold.
   */
  readonly heard: readonly number[];
  /** Other people's texts heard to be taken back, the last ones: an older count may still hold them. */
  readonly taken: readonly TakenBack[];
}

interface TakenBack {
  readonly position: number;
  /** The chat's revision at which it was taken back. */
  readonly revision: number;
}

/** One person's chats, as of their own revision. */
export interface ChatList {
  readonly revision: number;
  readonly chats: ReadonlyMap<ChatId, ListedChat>;
  /** In the person's order. */
  readonly folders: readonly Folder[];
  readonly settings: Settings;
  /** Friends, requests and blocks. */
  readonly relations: ReadonlyMap<UserId, Relation>;
  /** What the person says of themselves; unknown until the server told it. */
  readonly profile?: PersonProfile | undefined;
}

export const EMPTY_LIST: ChatList = {
  revision: 0,
  chats: new Map(),
  folders: [],
  settings: DEFAULT_SETTINGS,
  relations: new Map(),
};

/** Takes in what changed in the person's list. The caller has seen to it that it fits (`createFollower`). */
export function applyPersonChanges(list: ChatList, changes: PersonChanges): ChatList {
  if (changes.revision < list.revision) return list;
  const chats = new Map(list.chats);
  for (const summary of changes.chats) chats.set(summary.chat.id, takenIn(chats.get(summary.chat.id), summary));
  for (const chatId of changes.gone) chats.delete(chatId);
  const folders = changes.folders ?? list.folders;
  return {
    revision: changes.revision,
    chats,
    folders: withoutGone(folders, changes.gone),
    settings: changes.settings ?? list.settings,
    profile: changes.profile ?? list.profile,
    relations: withRelations(list.relations, changes.relations ?? []),
  };
}

/** Each by its own revision; what ended is let go of. */
function withRelations(known: ChatList['relations'], told: readonly Relation[]): ChatList['relations'] {
  if (told.length === 0) return known;
  const relations = new Map(known);
  for (const relation of told) {
    if (relation.friendship === 'none' && !relation.isBlocked) relations.delete(relation.user.id);
    else relations.set(relation.user.id, relation);
  }
  return relations;
}

/** A chat that is gone is in no folder any more; the server says only that it is gone. */
function withoutGone(folders: readonly Folder[], gone: readonly ChatId[]): readonly Folder[] {
  if (!folders.some(({ chatIds }) => chatIds.some((id) => gone.includes(id)))) return folders;
  return folders.map((folder) => ({ ...folder, chatIds: folder.chatIds.filter((id) => !gone.includes(id)) }));
}

/** A summary answered to an act (a chat just made): in the list before the fact of it arrives, at no revision of its own. */
export function addSummary(list: ChatList, summary: ChatSummary): ChatList {
  const chats = new Map(list.chats).set(summary.chat.id, takenIn(list.chats.get(summary.chat.id), summary));
  return { ...list, chats };
}

/** Takes in what changed in one chat: its newest message, title, members and my unread count. */
export function applyChatChanges(list: ChatList, changes: ChatChanges, me: UserId): ChatList {
  const known = list.chats.get(changes.chatId);
  if (!known || changes.revision <= known.summary.revision || changes.from > known.summary.revision) return list;
  const { relations } = list;
  const advanced = withoutBlocked(advance(known, changes, { me, relations }), changes, relations);
  return { ...list, chats: new Map(list.chats).set(changes.chatId, withoutCleared(advanced)) };
}

/** Whom one has blocked does not call one. */
function withoutBlocked(known: ListedChat, { messages }: ChatChanges, relations: ChatList['relations']): ListedChat {
  const unheard = new Set(messages.flatMap((one) => (relations.get(one.senderId)?.isBlocked ? [one.position] : [])));
  if (unheard.size === 0) return known;
  const mentions = known.summary.mentions.filter((position) => !unheard.has(position));
  const threadMentions = known.summary.threadMentions.filter(({ position }) => !unheard.has(position));
  return { ...known, summary: { ...known.summary, mentions, threadMentions } };
}

/** My read cursor as the server answered it. */
export function applyRead(
  list: ChatList,
  chatId: ChatId,
  read: { readPosition: number; unreadCount: number },
): ChatList {
  const known = list.chats.get(chatId);
  if (!known || known.summary.readPosition >= read.readPosition) return list;
  // The answer does not say as of which revision it counted; what is after the cursor and heard of is unread for sure.
  const unreadAfter = known.heard.filter((position) => position > read.readPosition).length;
  const summary = {
    ...known.summary,
    readPosition: read.readPosition,
    unreadCount: Math.max(unreadAfter, read.unreadCount),
    mentions: known.summary.mentions.filter((position) => position > read.readPosition),
  };
  return { ...list, chats: new Map(list.chats).set(chatId, { ...known, summary }) };
}

/** The list's chats, the one with the newest activity first. */
export function inOrder(list: ChatList): readonly ListedChat[] {
  return [...list.chats.values()].toSorted((a, b) => compareActivity(b.summary, a.summary));
}

/** When something last happened in the chat; ISO 8601. */
export function lastActivityOf({ chat, lastMessage }: ChatSummary): string {
  return lastMessage?.postedAt ?? chat.createdAt;
}

function compareActivity(a: ChatSummary, b: ChatSummary): number {
  const [older, newer] = [lastActivityOf(a), lastActivityOf(b)];
  if (older !== newer) return older < newer ? -1 : 1;
  return a.chat.id < b.chat.id ? -1 : 1;
}

function takenIn(known: ListedChat | undefined, told: ChatSummary): ListedChat {
  return withoutCleared(mergeSummary(known, told));
}

function mergeSummary(known: ListedChat | undefined, told: ChatSummary): ListedChat {
  if (!known) return { summary: told, countedAt: told.revision, heard: [], taken: [] };
  const place = newerPlace(known.summary.place, told.place);
  const summary = { ...known.summary, place };
  const incoming = { ...told, place };
  // An answer that was overtaken: what is known was counted at a later moment, or further read at the same one.
  const isOvertaken =
    incoming.revision < known.countedAt ||
    (incoming.revision === known.countedAt && incoming.readPosition < summary.readPosition);
  if (isOvertaken) return { ...known, summary };
  const heard = known.heard.filter((position) => position > incoming.revision);
  const taken = known.taken.filter(({ revision }) => revision > incoming.revision);
  if (incoming.revision >= summary.revision) return { summary: incoming, countedAt: incoming.revision, heard, taken };
  // The chat has moved on since this was counted: its newer facts stay, and the count gets what was heard since.
  const { role, readPosition } = incoming;
  // All that was counted then may have been cleared since.
  const counted = clearedPositionOf(summary.chat, place) >= incoming.revision ? 0 : incoming.unreadCount;
  const notAnyMore = taken.filter(({ position }) => position > readPosition && position <= incoming.revision).length;
  const unreadCount = Math.max(0, Math.min(UNREAD_MAX, counted + heard.length - notAnyMore));
  const mentions = summary.mentions.filter((position) => position > readPosition);
  // What was read in a thread is not called there any more; what was heard since is.
  const threadMentions = summary.threadMentions.filter(
    ({ position }) =>
      position > incoming.revision || incoming.threadMentions.some((call) => call.position === position),
  );
  const merged = { ...summary, role, readPosition, unreadCount, mentions, threadMentions };
  return { summary: merged, countedAt: incoming.revision, heard, taken };
}

/** A place has a revision of its own, the person's. */
function newerPlace(known: ChatPlace, told: ChatPlace): ChatPlace {
  return told.revision > known.revision ? told : known;
}

/** Who is told, and whom they have blocked: those say nothing that counts. */
type Reader = Pick<ChatList, 'relations'> & { readonly me: UserId };

function advance(known: ListedChat, told: ChatChanges, reader: Reader): ListedChat {
  const { summary } = known;
  const { me } = reader;
  const chat = told.chat && told.chat.revision > summary.chat.revision ? told.chat : summary.chat;
  const cleared = clearedPositionOf(chat, summary.place);
  const changes = { ...told, messages: told.messages.filter(({ position }) => position > cleared) };
  // Whoever clears for everyone clears all there is: what was unread is gone.
  const wasUnread = cleared > clearedPositionOf(summary.chat, summary.place) ? 0 : summary.unreadCount;
  const heard = changes.messages
    .filter((message) => message.position > summary.revision && isUnreadOf(message, reader))
    .map((message) => message.position)
    .toSorted((a, b) => a - b);
  const takenBack = new Set(
    changes.messages
      .filter(
        ({ content, senderId, position, thread }) =>
          content.kind === 'deleted' &&
          thread === undefined &&
          isHeard(senderId, reader) &&
          position <= summary.revision &&
          position > summary.readPosition,
      )
      .map(({ position }) => position),
  );
  const role = changes.members.find((member) => member.user.id === me)?.role ?? summary.role;
  const peer = changes.members.find((member) => member.user.id === summary.peer?.id)?.user ?? summary.peer;
  return {
    countedAt: known.countedAt,
    heard: [...known.heard.filter((position) => !takenBack.has(position)), ...heard].slice(-UNREAD_MAX),
    taken: [...known.taken, ...[...takenBack].map((position) => ({ position, revision: changes.revision }))].slice(
      -TAKEN_MAX,
    ),
    summary: {
      ...summary,
      role,
      peer,
      chat,
      revision: changes.revision,
      lastMessage: changes.messages
        .filter(
          ({ position, thread }) =>
            thread === undefined && (position > summary.revision || position === summary.lastMessage?.position),
        )
        .reduce(newestOf, summary.lastMessage),
      unreadCount: Math.max(0, Math.min(UNREAD_MAX, wasUnread + heard.length - takenBack.size)),
      mentions: mentionsAfter(summary, changes, me),
      threadMentions: threadMentionsAfter(summary, changes, me),
    },
  };
}

/** Unread places where I am called: those known, those new, less those edited or taken back. */
function mentionsAfter({ mentions, readPosition, chat }: ChatSummary, changes: ChatChanges, me: UserId): number[] {
  const changed = new Map(changes.messages.map((message) => [message.position, message]));
  const called = changes.messages.filter(
    (message) =>
      message.thread === undefined &&
      message.position > readPosition &&
      isCalled(message, { me, memberCount: chat.memberCount }),
  );
  return [...mentions.filter((position) => !changed.has(position)), ...called.map(({ position }) => position)]
    .toSorted((a, b) => a - b)
    .slice(0, MENTIONS_MAX);
}

/** As `mentionsAfter`, in threads, where they count until they are read there: those known that still call, and new ones. */
function threadMentionsAfter(
  { threadMentions, revision }: ChatSummary,
  { messages }: ChatChanges,
  me: UserId,
): ChatSummary['threadMentions'] {
  const inThreads = messages.filter(({ thread }) => thread !== undefined);
  if (inThreads.length === 0) return threadMentions;
  // Nobody but those named is called there.
  const calls = (message: Message): boolean => isCalled(message, { me, memberCount: Number.POSITIVE_INFINITY });
  const changed = new Map(inThreads.map((message) => [message.position, message]));
  const kept = threadMentions.filter(({ position }) => {
    const message = changed.get(position);
    return !message || calls(message);
  });
  const called = inThreads.flatMap((message) => {
    const { thread, position } = message;
    return thread !== undefined && position > revision && calls(message) ? [{ thread, position }] : [];
  });
  return [...kept, ...called].toSorted((a, b) => a.position - b.position).slice(0, MENTIONS_MAX);
}

/** By name, or as one of everyone. */
export function isCalled(
  { senderId, content }: Message,
  { me, memberCount }: { me: UserId; memberCount: number },
): boolean {
  if (senderId === me || content.kind !== 'text') return false;
  const { userIds, isEveryone } = mentionsIn(content.text);
  return userIds.includes(me) || (isEveryone && memberCount <= EVERYONE_MEMBERS_MAX);
}

function isUnreadOf({ senderId, content, thread }: Message, reader: Reader): boolean {
  const isSaid = content.kind !== 'system' && content.kind !== 'deleted';
  return thread === undefined && isSaid && isHeard(senderId, reader);
}

const isHeard = (senderId: UserId, { me, relations }: Reader): boolean =>
  senderId !== me && !relations.get(senderId)?.isBlocked;

function newestOf(newest: Message | null, message: Message): Message {
  if (!newest || message.position > newest.position) return message;
  return message.position === newest.position && message.revision > newest.revision ? message : newest;
}
