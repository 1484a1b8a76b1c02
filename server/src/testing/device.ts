import type { Chat, ChatChanges, ChatSummary, PersonChanges } from '@dialog/shared/chats';
import { clearedPositionOf } from '@dialog/shared/chats.clearing';
import type { Folder } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { threadRoutes } from '@dialog/shared/messages.threads';
import type { Relation } from '@dialog/shared/people.values';
import type { PersonProfile } from '@dialog/shared/users';
import { DEFAULT_SETTINGS } from '@dialog/shared/settings';
import { mentionsAfter, threadMentionsAfter } from './deviceMentions.ts';
import { byChatId, type History, shownOf, sorted, standingOf } from './deviceShown.ts';
import { act, type ClientSocket, type Person } from './people.ts';
import type { TestNode } from './startTestApp.ts';

export interface DeviceOptions {
  readonly node: TestNode;
  /** Whether the network loses this frame; the client never knows. */
  readonly isLost: () => boolean;
}

export type Device = Awaited<ReturnType<typeof connectDevice>>;

/**
 * A client as the protocol describes it (R3–R5), as small as it can be: it applies what fits, ignores what it has,
 * asks when something is missing, and is told by the beacon when it did not notice.
 */
export async function connectDevice(person: Person, { node, isLost }: DeviceOptions) {
  const socket: ClientSocket = await person.connect(node);
  const summaries = new Map<ChatId, ChatSummary>();
  const histories = new Map<ChatId, History>();
  /** Positions of texts that frames brought, for each chat. */
  const heard = new Map<ChatId, readonly number[]>();
  let folders: readonly Folder[] = [];
  let settings = DEFAULT_SETTINGS;
  let profile: PersonProfile | undefined;
  const relations = new Map<UserId, Relation>();
  let revision = 0;
  let asking: Promise<void> = Promise.resolve();

  /** Whom one has blocked says nothing that counts. */
  const isHeard = (senderId: UserId): boolean => senderId !== person.user.id && !relations.get(senderId)?.isBlocked;

  function applySummary(changes: ChatChanges): boolean {
    const summary = summaries.get(changes.chatId);
    if (!summary || changes.revision <= summary.revision) return true;
    if (changes.from > summary.revision) return false;
    const chat = newer(changes.chat, summary.chat);
    const cleared = clearedPositionOf(chat, summary.place);
    const isClearedNow = cleared > clearedPositionOf(summary.chat, summary.place);
    const standing = changes.messages.filter(({ position }) => position > cleared);
    // What stands in threads is not of the list.
    const news = standing.filter(({ position, thread }) => position > summary.revision && thread === undefined);
    const texts = news.filter(({ content, senderId }) => content.kind === 'text' && isHeard(senderId));
    // Taken back before it was read: it is not unread any more.
    const taken = standing.filter(
      ({ content, senderId, position, thread }) =>
        content.kind === 'deleted' &&
        thread === undefined &&
        isHeard(senderId) &&
        position <= summary.revision &&
        position > summary.readPosition,
    );
    const last = standing.find(({ position }) => position === summary.lastMessage?.position);
    heard.set(changes.chatId, [...(heard.get(changes.chatId) ?? []), ...texts.map(({ position }) => position)]);
    summaries.set(changes.chatId, {
      ...summary,
      chat,
      peer: changes.members.find(({ user }) => user.id === summary.peer?.id)?.user ?? summary.peer,
      revision: changes.revision,
      lastMessage: news.at(-1) ?? last ?? standingOf(summary.lastMessage, cleared),
      unreadCount: (isClearedNow ? 0 : summary.unreadCount) + texts.length - taken.length,
      mentions: mentionsAfter(summary, { ...changes, messages: standing }, person.user.id).filter(
        (position) => position > cleared,
      ),
      threadMentions: threadMentionsAfter(summary, { ...changes, messages: standing }, person.user.id).filter(
        ({ position }) => position > cleared,
      ),
    });
    return true;
  }

  function applyHistory(changes: ChatChanges): boolean {
    const history = histories.get(changes.chatId);
    if (!history || changes.revision <= history.revision) return true;
    if (changes.from > history.revision) return false;
    history.revision = changes.revision;
    history.chat = newer(changes.chat, history.chat);
    for (const member of changes.members) put(history.members, member.user.id, member);
    for (const message of changes.messages) {
      const held = message.thread === undefined ? history.messages : history.threads.get(message.thread);
      if (held) put(held, message.id, message);
    }
    return true;
  }

  /**
   * A summary can come after a newer frame of its chat: then the person's part of it counts (role, cursor, place), the rest is
   * known better, and what was heard since is unread on top of what the server counted.
   */
  function merged(summary: ChatSummary): ChatSummary {
    const known = summaries.get(summary.chat.id);
    if (!known || known.revision <= summary.revision) return summary;
    const since = (heard.get(summary.chat.id) ?? []).filter((position) => position > summary.revision);
    const { role, readPosition, unreadCount, place } = summary;
    const mentions = known.mentions.filter((position) => position > readPosition);
    // Read on another device, or heard since.
    const threadMentions = known.threadMentions.filter(
      ({ position }) =>
        position > summary.revision || summary.threadMentions.some((told) => told.position === position),
    );
    const lastMessage = standingOf(known.lastMessage, clearedPositionOf(known.chat, place));
    const own = { role, readPosition, place, mentions, threadMentions, lastMessage };
    return { ...known, ...own, unreadCount: unreadCount + since.length };
  }

  /** False when the person's state moved on meanwhile: what the answer says of it is old. */
  function applyList(changes: PersonChanges): boolean {
    if (changes.revision < revision) return false;
    for (const summary of changes.chats) summaries.set(summary.chat.id, merged(summary));
    for (const mark of changes.marks) {
      const history = histories.get(mark.chatId);
      if (history) put(history.marks, mark.position, mark);
    }
    for (const chatId of changes.gone) {
      summaries.delete(chatId);
      histories.delete(chatId);
    }
    folders = (changes.folders ?? folders).map((folder) => ({
      ...folder,
      chatIds: folder.chatIds.filter((chatId) => !changes.gone.includes(chatId)),
    }));
    settings = changes.settings ?? settings;
    profile = changes.profile ?? profile;
    for (const relation of changes.relations ?? [])
      if (relation.friendship === 'none' && !relation.isBlocked) relations.delete(relation.user.id);
      else relations.set(relation.user.id, relation);
    revision = changes.revision;
    return true;
  }

  function ask(question: () => Promise<void>): void {
    asking = asking.then(question).catch(() => {});
  }

  async function syncList(): Promise<void> {
    for (;;) {
      const known = [...summaries.values()].map((summary) => ({ chatId: summary.chat.id, revision: summary.revision }));
      const { changes, hasMore } = await act(socket, messageRoutes.syncChats, { body: { since: revision, known } });
      if (applyList(changes) && !hasMore) return;
    }
  }

  async function syncHistory(chatId: ChatId): Promise<void> {
    const history = histories.get(chatId);
    if (!history) return;
    const listed = await act(socket, messageRoutes.listChanges, {
      params: { chatId },
      query: { since: String(history.revision), marksSince: String(history.marksRevision) },
    });
    if (listed.kind === 'reset') return open(chatId);
    applyHistory(listed.changes);
    for (const mark of listed.marks) put(history.marks, mark.position, mark);
    history.marksRevision = listed.marksRevision;
  }

  async function open(chatId: ChatId): Promise<void> {
    const opened = await act(socket, messageRoutes.openChat, { params: { chatId } });
    const { summary, members, history, marksRevision } = opened;
    histories.set(chatId, {
      revision: summary.revision,
      chat: summary.chat,
      members: new Map(members.map((member) => [member.user.id, member])),
      messages: new Map(history.messages.map((message) => [message.id, message])),
      threads: new Map(),
      marks: new Map(history.marks.map((mark) => [mark.position, mark])),
      marksRevision,
    });
  }

  /** One that has a thread already, and few replies. */
  async function openThread(chatId: ChatId, root: number): Promise<void> {
    const query = { root: String(root) };
    const opened = await act(socket, threadRoutes.listThread, { params: { chatId }, query });
    const history = histories.get(chatId);
    if (!history) return;
    const replies = new Map(opened.stretch.messages.map((message) => [message.id, message]));
    history.threads.set(root, replies);
    put(history.messages, opened.root.id, opened.root);
    if (history.revision <= opened.revision) return;
    // What was told while the answer was on its way.
    history.revision = opened.revision;
    await syncHistory(chatId);
  }

  socket.on('chatChanged', (changes) => {
    if (isLost()) return;
    if (!applySummary(changes)) ask(syncList);
    if (!applyHistory(changes)) ask(() => syncHistory(changes.chatId));
  });
  socket.on('personChanged', (changes) => {
    if (isLost() || changes.revision <= revision) return;
    if (changes.from <= revision) applyList(changes);
    else ask(syncList);
  });
  socket.on('headsMoved', ({ person: head, chats }) => {
    const isListBehind = chats.some((chat) => (summaries.get(chat.chatId)?.revision ?? 0) < chat.revision);
    if ((head ?? 0) > revision || isListBehind) ask(syncList);
    for (const chat of chats)
      if ((histories.get(chat.chatId)?.revision ?? Infinity) < chat.revision) ask(() => syncHistory(chat.chatId));
  });
  await syncList();

  return {
    person,
    socket,
    open,
    openThread,
    openChats: (): ChatId[] => [...histories.keys()],
    /** What is on screen, in an order of its own. */
    shown: () => ({
      list: sorted(summaries),
      ...{ folders, settings, profile },
      relations: [...relations.values()].toSorted((one, other) => (one.user.id < other.user.id ? -1 : 1)),
      chats: [...histories]
        .map(([chatId, history]) => {
          const place = summaries.get(chatId)?.place ?? {};
          return shownOf(chatId, history, clearedPositionOf(history.chat, place));
        })
        .toSorted(byChatId),
    }),
    /** What a device that starts now would show. */
    async fresh() {
      const other = await connectDevice(person, { node, isLost: () => false });
      // Refused where this device still shows what it should not: then the two differ.
      for (const [chatId, { threads }] of histories) {
        await other.open(chatId).catch(() => {});
        for (const root of threads.keys()) await other.openThread(chatId, root).catch(() => {});
      }
      const shown = other.shown();
      other.socket.close();
      return shown;
    },
  };
}

function newer(changed: Chat | null, known: Chat): Chat {
  return changed && changed.revision > known.revision ? changed : known;
}

function put<K, T extends { readonly revision: number }>(all: Map<K, T>, key: K, changed: T): void {
  if ((all.get(key)?.revision ?? -1) < changed.revision) all.set(key, changed);
}
