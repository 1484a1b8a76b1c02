import type { Chat, ChatChanges, ChatSummary, Member, Role } from '@dialog/shared/chats';
import { clearedPositionOf } from '@dialog/shared/chats.clearing';
import type { ChatPlace } from '@dialog/shared/chats.values';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Message, SystemNote } from '@dialog/shared/messages';
import type { User } from '@dialog/shared/users';
import { aChatId, aMessageId, aUserId } from './ids.ts';

/** The server's side of one chat by the protocol's rules, in memory: what a device must end up equal to. */
export interface ChatModel {
  readonly chatId: ChatId;
  revision(): number;
  post(senderId: UserId, text: string, id?: MessageId): ChatChanges;
  /** In the thread of an earlier text of the conversation, the nth of those there are; a text of its own when there is none. */
  reply(nth: number, senderId: UserId, text: string): ChatChanges;
  note(senderId: UserId, note: SystemNote): ChatChanges;
  /** Changes an earlier text, the nth of those there are; the title when there is none. */
  edit(nth: number, text: string): ChatChanges;
  rename(title: string): ChatChanges;
  setRole(userId: UserId, role: Role | null): ChatChanges;
  /** For everyone, as one frame with the note of it. */
  clear(by: UserId): ChatChanges;
  /** For the one whose summaries these are, at their next revision. */
  clearForMe(position: number): void;
  changesSince(revision: number): ChatChanges;
  pageBefore(position: number, size: number): { from: number; messages: Message[]; hasOlder: boolean; marks: [] };
  /** Of the conversation itself. */
  messagesFrom(position: number): readonly Message[];
  /** All that is said in one thread. */
  repliesTo(root: number): readonly Message[];
  members(): readonly Member[];
  summaryFor(me: UserId): ChatSummary;
  readUpTo(position: number): void;
  /** As the person keeps it, at their next revision. */
  arrange(change: Partial<ChatPlace>): void;
}

export function aUser(n: number, displayName = `Person ${n}`): User {
  return { id: aUserId(n), userName: `person${n}`, displayName };
}

export function aChatModel(n = 1): ChatModel {
  const chatId = aChatId(n);
  const messages: Message[] = [];
  const members = new Map<UserId, Member>();
  let revision = 0;
  let readPosition = 0;
  let place = aPlace();
  let chat: Chat = {
    id: chatId,
    kind: 'group',
    title: 'Group',
    memberCount: 1,
    call: null,
    createdAt: at(0),
    revision: 0,
  };

  function standing(): readonly Message[] {
    const cleared = clearedPositionOf(chat, place);
    return messages.filter(({ position }) => position > cleared);
  }

  function told(change: Partial<Pick<ChatChanges, 'chat' | 'members' | 'messages'>>): ChatChanges {
    return { chatId, from: revision - 1, revision, chat: null, members: [], messages: [], ...change };
  }

  function add(
    senderId: UserId,
    content: Message['content'],
    id = aMessageId(n * 100_000 + revision + 1),
  ): ChatChanges {
    revision += 1;
    const message: Message = { id, chatId, senderId, content, postedAt: at(revision), position: revision, revision };
    messages.push(message);
    return told({ messages: [message] });
  }

  const inConversation = (): Message[] => messages.filter(({ thread }) => thread === undefined);
  const standingHere = (): Message[] => standing().filter(({ thread }) => thread === undefined);

  return {
    chatId,
    revision: () => revision,
    post: (senderId, text, id) => add(senderId, { kind: 'text', text }, id),
    reply(nth, senderId, text) {
      const roots = inConversation().filter(({ content }) => content.kind === 'text');
      const root = roots[nth % Math.max(1, roots.length)];
      if (!root) return this.post(senderId, text);
      const from = revision;
      const { messages: posted } = add(senderId, { kind: 'text', text });
      const replies = posted.map((message) => ({ ...message, thread: root.position }));
      messages.splice(-1, 1, ...replies);
      revision += 1;
      const count = (root.replies?.count ?? 0) + 1;
      const said = { count, lastPosition: revision - 1, lastAt: at(revision - 1), writers: [senderId] };
      const answered: Message = { ...root, replies: said, revision };
      messages[messages.indexOf(root)] = answered;
      return { chatId, from, revision, chat: null, members: [], messages: [...replies, answered] };
    },
    note: (senderId, note) => add(senderId, { kind: 'system', note }),
    edit(nth, text) {
      const texts = messages.filter(({ content }) => content.kind === 'text');
      const before = texts[nth % Math.max(1, texts.length)];
      if (!before) return this.rename(text);
      const index = messages.indexOf(before);
      revision += 1;
      const after: Message = { ...before, content: { kind: 'text', text }, revision };
      messages[index] = after;
      return told({ messages: [after] });
    },
    rename(title) {
      revision += 1;
      chat = { ...chat, title, revision };
      return told({ chat });
    },
    setRole(userId, role) {
      revision += 1;
      const user: User = { id: userId, userName: 'someone', displayName: 'Someone' };
      const member: Member = { chatId, user, role, revision };
      members.set(userId, member);
      return told({ members: [member] });
    },
    clear(by) {
      const from = revision;
      messages.length = 0;
      revision += 1;
      chat = { ...chat, clearedPosition: from, revision };
      return { ...add(by, { kind: 'system', note: { what: 'historyCleared' } }), from, chat };
    },
    clearForMe(position) {
      const cleared = Math.max(place.clearedPosition ?? 0, Math.min(position, revision));
      readPosition = Math.max(readPosition, cleared);
      place = { ...place, clearedPosition: cleared, revision: place.revision + 1 };
    },
    changesSince: (since) => ({
      chatId,
      from: since,
      revision,
      chat: chat.revision > since ? chat : null,
      members: [...members.values()].filter((member) => member.revision > since),
      messages: standing().filter((message) => message.revision > since),
    }),
    pageBefore(position, size) {
      const before = standingHere().filter((message) => message.position < position);
      const page = before.slice(-size);
      return { from: page[0]?.position ?? 0, messages: page, hasOlder: before.length > page.length, marks: [] };
    },
    messagesFrom: (position) => standingHere().filter((message) => message.position >= position),
    repliesTo: (root) => messages.filter(({ thread }) => thread === root),
    members: () => [...members.values()],
    summaryFor: (me) => ({
      chat,
      revision,
      role: members.get(me)?.role ?? 'member',
      peer: null,
      lastMessage: standingHere().at(-1) ?? null,
      readPosition,
      unreadCount: standingHere().filter(
        ({ senderId, content, position }) => senderId !== me && content.kind === 'text' && position > readPosition,
      ).length,
      mentions: [],
      threadMentions: [],
      place,
    }),
    readUpTo(position) {
      readPosition = Math.max(readPosition, Math.min(position, revision));
      place = { ...place, revision: place.revision + 1 };
    },
    arrange(change) {
      place = { ...place, ...change, revision: place.revision + 1 };
    },
  };
}

/** Of a chat that nobody arranged. */
export function aPlace(): ChatPlace {
  return {
    revision: 1,
    pinOrder: null,
    archivedAt: null,
    mutedUntil: null,
    level: null,
    isMarkedUnread: false,
    draft: null,
  };
}

/** Joins neighbouring frames into one, as a batch is told. */
export function inOneFrame(first: ChatChanges, second: ChatChanges): ChatChanges {
  const latest = new Map([...first.messages, ...second.messages].map((message) => [message.id, message]));
  const members = new Map([...first.members, ...second.members].map((member) => [member.user.id, member]));
  return {
    ...second,
    from: first.from,
    chat: second.chat ?? first.chat,
    members: [...members.values()],
    messages: [...latest.values()],
  };
}

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
}
