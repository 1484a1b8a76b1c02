import type { ChatChanges } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { type MessageMark, messageRoutes } from '@dialog/shared/messages';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { clearedIn } from '../chats/chats.clearing.ts';
import type { ChatSync } from '../chats/chats.sync.ts';
import { createFollower, type Follower } from '../chats/follower.ts';
import { ApiError, type ApiErrorCode, type Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Socket } from '../platform/socket.ts';
import { clearedUpTo, withoutCleared } from './messages.clearing.ts';
import { expireInTime } from './messages.expiry.ts';
import { createPages, type Pages } from './messages.pages.ts';
import { createThreadPages, type ThreadPages } from './messages.threads.ts';
import {
  applyChatChanges,
  applyCursors,
  applyMarks,
  type ChatHistory,
  openHistory,
  trimmed,
} from './messages.store.ts';

export interface MessagesState {
  readonly histories: ReadonlyMap<ChatId, ChatHistory>;
  /** Chats that could not be opened, and why. */
  readonly failures: ReadonlyMap<ChatId, ApiErrorCode>;
}

export interface MessageSync extends Pages {
  readonly store: StoreApi<MessagesState>;
  readonly threads: ThreadPages;
  /** Shows a chat: from memory or this browser's copy at once, then level with the server. Never rejects. */
  open(chatId: ChatId): Promise<void>;
  /** Facts that an act answered. */
  learn(changes: ChatChanges): void;
  learnMarks(marks: readonly MessageMark[]): void;
  /** Lets go of what is far above the bottom of a chat that is read there. */
  trim(chatId: ChatId): void;
  forget(chatId: ChatId): void;
  stop(): void;
}

/** Where this browser keeps the chats last read. */
export interface HistoryCopies {
  read(chatId: ChatId): Promise<ChatHistory | undefined>;
}

interface MessageSyncDeps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'on' | 'onConnected' | 'isConnected'>;
  readonly clock: Clock;
  readonly chats: Pick<
    ChatSync,
    'store' | 'learn' | 'learnSummary' | 'learnMembers' | 'forget' | 'onCleared' | 'onGone' | 'onMarks'
  >;
  readonly copies: HistoryCopies;
}

/** Chats kept level in memory; the one not shown for the longest makes room (R12). */
const KEPT_CHATS = 8;
/** What a chat keeps of a long scroll that nobody looks at. */
const KEPT_MESSAGES = 200;

/** Keeps every opened chat equal to the server's, through lost connections too (R3, R4, R5). */
export function createMessageSync({ call, socket, clock, chats, copies }: MessageSyncDeps): MessageSync {
  const store = createStore<MessagesState>(() => ({ histories: new Map(), failures: new Map() }));
  const followers = new Map<ChatId, Follower<ChatChanges>>();
  const pages = createPages({ call, historyOf, change });
  const threads = createThreadPages({ call, historyOf, change, learnMarks });
  /** Opened chats, the one shown last at the end. */
  let opened: ChatId[] = [];

  const stops = [
    socket.on('chatChanged', (changes) => followers.get(changes.chatId)?.hear(changes)),
    socket.on('cursorsMoved', ({ chatId, cursors }) => change(chatId, (history) => applyCursors(history, cursors))),
    socket.on('headsMoved', (heads) => {
      for (const { chatId, revision } of heads.chats) followers.get(chatId)?.headMoved(revision);
    }),
    chats.onGone(lose),
    chats.onCleared((chatId, position) => change(chatId, (history) => clearedUpTo(history, position))),
    chats.onMarks(learnMarks),
    chats.store.subscribe(({ list }, before) => {
      if (list !== before.list)
        for (const chatId of store.getState().failures.keys()) if (list.chats.has(chatId)) returned(chatId);
    }),
    expireInTime({ store, clock, change }),
    // The chat on screen first.
    socket.onConnected(() => opened.toReversed().forEach((chatId) => void followers.get(chatId)?.level())),
  ];

  return { store, threads, open, ...pages, learn, learnMarks, trim, forget, stop };

  async function open(chatId: ChatId): Promise<void> {
    opened = [...opened.filter((other) => other !== chatId), chatId];
    for (const other of opened.slice(0, -KEPT_CHATS)) forget(other);
    for (const other of opened.slice(0, -1)) trim(other);
    const follower = followerOf(chatId);
    if (!historyOf(chatId)) {
      const copy = await copies.read(chatId).catch(() => undefined);
      if (copy && followers.get(chatId) === follower && !historyOf(chatId)) keep(copy);
    } else if (socket.isConnected()) {
      // It was kept level by events; the beacon tells if not.
      return;
    }
    await follower.level();
  }

  function learn(changes: ChatChanges): void {
    followers.get(changes.chatId)?.hear(changes);
    chats.learn(changes);
  }

  function learnMarks(marks: readonly MessageMark[]): void {
    for (const chatId of new Set(marks.map((mark) => mark.chatId)))
      change(chatId, (history) =>
        applyMarks(
          history,
          marks.filter((mark) => mark.chatId === chatId),
        ),
      );
  }

  function trim(chatId: ChatId): void {
    change(chatId, (history) => trimmed(history, KEPT_MESSAGES));
  }

  function forget(chatId: ChatId): void {
    followers.get(chatId)?.stop();
    followers.delete(chatId);
    opened = opened.filter((other) => other !== chatId);
    const { histories, failures } = store.getState();
    store.setState({ histories: without(histories, chatId), failures: without(failures, chatId) });
  }

  function stop(): void {
    stops.forEach((end) => end());
    followers.forEach((follower) => follower.stop());
  }

  function followerOf(chatId: ChatId): Follower<ChatChanges> {
    const follower =
      followers.get(chatId) ??
      createFollower<ChatChanges>(
        {
          revision: () => historyOf(chatId)?.revision ?? null,
          apply: (changes) => change(chatId, (history) => applyChatChanges(history, changes)),
          catchUp: () => catchUp(chatId),
        },
        clock,
      );
    followers.set(chatId, follower);
    return follower;
  }

  async function catchUp(chatId: ChatId): Promise<void> {
    try {
      const history = historyOf(chatId);
      if (history) await askChanges(history);
      else await askAll(chatId);
      setFailure(chatId, undefined);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      refused(chatId, failure);
      // Neither asking again soon nor a guess helps against these: the next connection asks, or the person does.
      if (failure.code !== 'offline' && failure.code !== 'chat-not-found') throw failure;
    }
  }

  async function askChanges({ chatId, revision, marksRevision }: ChatHistory): Promise<void> {
    const query = { since: String(revision), marksSince: String(marksRevision) };
    const answer = await call(messageRoutes.listChanges, { params: { chatId }, query });
    if (answer.kind === 'reset') return askAll(chatId);
    const { changes, cursors, marks } = answer;
    change(chatId, (history) => ({
      ...applyMarks(applyCursors(applyChatChanges(history, changes), cursors), marks),
      marksRevision: Math.max(history.marksRevision, answer.marksRevision),
    }));
    chats.learn(changes);
  }

  async function askAll(chatId: ChatId): Promise<void> {
    const {
      summary,
      members,
      hasMoreMembers,
      cursors,
      history: page,
      marksRevision,
    } = await call(messageRoutes.openChat, { params: { chatId } });
    if (!followers.has(chatId)) return; // Closed meanwhile.
    const known = historyOf(chatId);
    // Events may have been quicker than the answer.
    if (!known || known.revision < summary.revision)
      keep(
        openHistory({
          ...{ chatId, page, cursors, marksRevision },
          revision: summary.revision,
          clearedPosition: clearedIn(summary),
        }),
      );
    chats.learnSummary(summary);
    chats.learnMembers(chatId, { members, isFirst: true, hasMore: hasMoreMembers });
  }

  function refused(chatId: ChatId, { code }: ApiError): void {
    setFailure(chatId, code);
    if (code === 'chat-not-found') chats.forget(chatId);
  }

  /** No longer a member: nothing of the chat may stay, and whoever has it on screen is told. */
  function lose(chatId: ChatId): void {
    store.setState({ histories: without(store.getState().histories, chatId) });
    if (followers.has(chatId)) setFailure(chatId, 'chat-not-found');
  }

  /** Added again while still on screen. */
  function returned(chatId: ChatId): void {
    if (store.getState().failures.get(chatId) !== 'chat-not-found') return;
    setFailure(chatId, undefined);
    void followers.get(chatId)?.level();
  }

  function historyOf(chatId: ChatId): ChatHistory | undefined {
    return store.getState().histories.get(chatId);
  }

  function change(chatId: ChatId, work: (history: ChatHistory) => ChatHistory): void {
    const history = historyOf(chatId);
    const changed = history && work(history);
    if (changed && changed !== history) keep(changed);
  }

  /** A copy, or an answer that was long on its way, may not know yet what this person has cleared. */
  function keep(history: ChatHistory): void {
    const listed = chats.store.getState().list.chats.get(history.chatId);
    const kept = clearedUpTo(withoutCleared(history), listed ? clearedIn(listed.summary) : 0);
    store.setState({ histories: new Map(store.getState().histories).set(history.chatId, kept) });
  }

  function setFailure(chatId: ChatId, code: ApiErrorCode | undefined): void {
    const { failures } = store.getState();
    if (failures.get(chatId) === code) return;
    store.setState({ failures: code ? new Map(failures).set(chatId, code) : without(failures, chatId) });
  }
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
