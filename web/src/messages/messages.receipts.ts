import { type ChatSummary, CURSORS_TOLD_UP_TO } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChatSync } from '../chats/chats.sync.ts';
import type { Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';

/** How far each chat was read on this device, whether or not the server knows yet. */
export type ReadHere = ReadonlyMap<ChatId, number>;

export interface Receipts {
  readonly store: StoreApi<ReadHere>;
  /** The person has seen everything up to here. */
  read(chatId: ChatId, position: number): void;
  stop(): void;
}

interface ReceiptsDeps {
  readonly me: UserId;
  readonly call: Call;
  readonly clock: Clock;
  readonly chats: Pick<ChatSync, 'store' | 'learnRead'>;
  readonly onConnected: (hear: () => void) => () => void;
}

const READ_AFTER_MS = 300;
const DELIVERED_AFTER_MS = 1_000;
const RETRY_AFTER_MS = 5_000;
/** Chats in one report of what has arrived; the contract's bound. */
const DELIVERED_MAX = 100;

/** Tells the server, sparingly, what was read and what has arrived (R13). Both only grow, so a lost report is made again. */
export function createReceipts({ me, call, clock, chats, onConnected }: ReceiptsDeps): Receipts {
  const store = createStore<ReadHere>(() => new Map());
  const reading = new Set<ChatId>();
  const delivered = new Map<ChatId, number>();
  let isReporting = false;

  const stops = [chats.store.subscribe(reportSoon), onConnected(tellAgain)];

  return { store, read, stop: () => stops.forEach((end) => end()) };

  function read(chatId: ChatId, position: number): void {
    if (position <= readHere(chatId)) return;
    store.setState(new Map(store.getState()).set(chatId, position), true);
    tellSoon(chatId, READ_AFTER_MS);
  }

  function readHere(chatId: ChatId): number {
    return Math.max(store.getState().get(chatId) ?? 0, summaryOf(chatId)?.readPosition ?? 0);
  }

  function tellSoon(chatId: ChatId, delayMs: number): void {
    if (reading.has(chatId)) return;
    reading.add(chatId);
    clock.after(delayMs, () => void tellRead(chatId));
  }

  async function tellRead(chatId: ChatId): Promise<void> {
    const position = store.getState().get(chatId) ?? 0;
    const isTold = position <= (summaryOf(chatId)?.readPosition ?? Number.POSITIVE_INFINITY);
    const answer = isTold
      ? null
      : await call(messageRoutes.markRead, { params: { chatId }, body: { position } }).catch(() => undefined);
    reading.delete(chatId);
    if (answer) chats.learnRead(chatId, answer);
    if (answer === undefined) tellSoon(chatId, RETRY_AFTER_MS);
    else if ((store.getState().get(chatId) ?? 0) > position) tellSoon(chatId, READ_AFTER_MS);
  }

  function tellAgain(): void {
    for (const chatId of store.getState().keys()) tellSoon(chatId, 0);
    reportSoon();
  }

  function reportSoon(): void {
    if (isReporting || newlyDelivered().length === 0) return;
    isReporting = true;
    clock.after(DELIVERED_AFTER_MS, () => void report());
  }

  async function report(): Promise<void> {
    const cursors = newlyDelivered().slice(0, DELIVERED_MAX);
    if (cursors.length > 0) {
      const isTold = await call(messageRoutes.markDelivered, { body: { cursors } }).then(
        () => true,
        () => false,
      );
      if (isTold) cursors.forEach(({ chatId, position }) => delivered.set(chatId, position));
      else {
        // The next fact or connection reports again.
        isReporting = false;
        return;
      }
    }
    isReporting = false;
    reportSoon();
  }

  function newlyDelivered(): { chatId: ChatId; position: number }[] {
    return [...chats.store.getState().list.chats.values()].flatMap(({ summary }) => {
      const position = arrivedIn(summary);
      return position > (delivered.get(summary.chat.id) ?? 0) ? [{ chatId: summary.chat.id, position }] : [];
    });
  }

  /** What is worth reporting as arrived; 0 when nothing is: read says more than arrived, and large groups are not told. */
  function arrivedIn({ chat, lastMessage, readPosition, unreadCount }: ChatSummary): number {
    if (!lastMessage || unreadCount === 0 || chat.memberCount > CURSORS_TOLD_UP_TO) return 0;
    return lastMessage.senderId !== me && lastMessage.position > readPosition ? lastMessage.position : 0;
  }

  function summaryOf(chatId: ChatId): ChatSummary | undefined {
    return chats.store.getState().list.chats.get(chatId)?.summary;
  }
}
