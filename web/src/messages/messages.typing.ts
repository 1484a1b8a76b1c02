import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { TYPING_SHOWN_MS, TYPING_TOLD_MS } from '@dialog/shared/messages';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Attention } from '../platform/attention.ts';
import type { Clock } from '../platform/clock.ts';
import type { Socket } from '../platform/socket.ts';

/** Who is writing where, the one who began first at the front. */
export type TypingByChat = ReadonlyMap<ChatId, readonly UserId[]>;

export interface Typing {
  readonly store: StoreApi<TypingByChat>;
  /** A key was pressed here. */
  told(chatId: ChatId): void;
  /** The chat on screen, or none: its cursors and typing are told from now on. */
  watch(chatId: ChatId | null): void;
  stop(): void;
}

interface TypingDeps {
  readonly me: UserId;
  readonly socket: Pick<Socket, 'on' | 'onConnected' | 'signal'>;
  readonly clock: Clock;
  readonly attention: Attention;
  /** Of whom one wants to hear nothing. */
  readonly isBlocked: (userId: UserId) => boolean;
}

/** Someone is writing until they were silent for long (R7) or their message is there. */
export function createTyping({ me, socket, clock, attention, isBlocked }: TypingDeps): Typing {
  const store = createStore<TypingByChat>(() => new Map());
  const endings = new Map<string, () => void>();
  const toldAt = new Map<ChatId, number>();
  let watched: ChatId | null = null;
  let isSeen = false;

  const stops = [
    socket.on('typed', ({ chatId, userId }) => began(chatId, userId)),
    socket.on('chatChanged', ({ chatId, messages }) => messages.forEach(({ senderId }) => ended(chatId, senderId))),
    // The server forgets what a socket watched when it goes.
    socket.onConnected(tellWatched),
    // What somebody looks at is not pushed to their other devices.
    attention.onChange(() => {
      if (watched !== null && attention.isHere() !== isSeen) tellWatched();
    }),
  ];

  return { store, told, watch, stop: () => stops.forEach((end) => end()) };

  function told(chatId: ChatId): void {
    if (clock.now() - (toldAt.get(chatId) ?? -TYPING_TOLD_MS) < TYPING_TOLD_MS) return;
    toldAt.set(chatId, clock.now());
    socket.signal('type', { chatId });
  }

  function watch(chatId: ChatId | null): void {
    if (watched === chatId) return;
    watched = chatId;
    tellWatched();
  }

  function tellWatched(): void {
    isSeen = watched !== null && attention.isHere();
    socket.signal('watchChat', { chatId: watched, ...(isSeen ? { isSeen } : {}) });
  }

  function began(chatId: ChatId, userId: UserId): void {
    // I, here or on another device of mine; in a group, somebody whose messages are folded.
    if (userId === me || isBlocked(userId)) return;
    endings.get(chatId + userId)?.();
    endings.set(
      chatId + userId,
      clock.after(TYPING_SHOWN_MS, () => ended(chatId, userId)),
    );
    const writers = store.getState().get(chatId) ?? [];
    if (!writers.includes(userId)) show(chatId, [...writers, userId]);
  }

  function ended(chatId: ChatId, userId: UserId): void {
    endings.get(chatId + userId)?.();
    endings.delete(chatId + userId);
    const writers = store.getState().get(chatId);
    if (writers?.includes(userId))
      show(
        chatId,
        writers.filter((writer) => writer !== userId),
      );
  }

  function show(chatId: ChatId, writers: readonly UserId[]): void {
    const next = new Map(store.getState());
    if (writers.length > 0) next.set(chatId, writers);
    else next.delete(chatId);
    store.setState(next, true);
  }
}
