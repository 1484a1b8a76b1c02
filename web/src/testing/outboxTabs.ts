import { ChatId } from '@dialog/shared/contract/values';
import { type Message, messageRoutes } from '@dialog/shared/messages';
import { uuidv7 } from 'uuidv7';
import { createOutbox, type Outbox, type OutboxFiles, type OutboxItem } from '../messages/messages.outbox.ts';
import { runSender } from '../messages/messages.sender.ts';
import { ApiError, type ApiErrorCode } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import { createMemoryStorage, type Storage } from '../platform/storage.ts';
import { aChatModel } from './chatModel.ts';
import { createFakeCall } from './fakeServer.ts';
import { aUserId } from './ids.ts';
import { createLock, createTabsBus } from './tabsBus.ts';

/** Who writes in these tests. */
export const me = aUserId(1);
export const noFiles: OutboxFiles = { keep: () => Promise.resolve(), drop: () => undefined };

/** How one try ends: lost on the way there, lost on the way back (the message is durable), or answered. */
export type Try = 'lost' | 'unanswered' | 'answered';

/** A server by the protocol's rule: the same id again answers the first message (R6). */
export function aServer(onTheWay: () => Promise<unknown> = () => Promise.resolve()) {
  const { call, answer } = createFakeCall();
  const chats = new Map<ChatId, ReturnType<typeof aChatModel>>();
  const tries: Try[] = [];
  const timeouts: (number | undefined)[] = [];
  let refusal: { code: ApiErrorCode; retryAfterSeconds: number | undefined } | undefined;
  answer(messageRoutes.postMessage, async ({ params, body }, options) => {
    timeouts.push(options?.timeoutMs);
    const fate = tries.shift() ?? 'answered';
    await onTheWay();
    if (refusal) throw new ApiError(refusal.code, refusal);
    if (fate === 'lost') throw new ApiError('offline');
    const chatId = ChatId.parse(params.chatId);
    const chat = chats.get(chatId) ?? aChatModel(Number(chatId.slice(-4)));
    chats.set(chatId, chat);
    const known = chat.messagesFrom(0).find((message) => message.id === body.id);
    const message = known ?? chat.post(me, body.text, body.id as Message['id']).messages[0];
    await onTheWay();
    if (fate === 'unanswered' || !message) throw new ApiError('timeout');
    return message;
  });
  const textsOf = (chatId: ChatId): string[] =>
    (chats.get(chatId)?.messagesFrom(0) ?? []).map(({ content }) => (content.kind === 'text' ? content.text : ''));
  const refuse = (code?: ApiErrorCode, retryAfterSeconds?: number): void => {
    refusal = code && { code, retryAfterSeconds };
  };
  return { call, tries, timeouts, textsOf, refuse };
}

interface Browser {
  readonly storage: Storage;
  readonly bus: ReturnType<typeof createTabsBus>;
  readonly lock: ReturnType<typeof createLock>;
  readonly clock: Clock;
  readonly server: ReturnType<typeof aServer>;
}

export type Upload = (item: OutboxItem, signal: AbortSignal) => Promise<void>;

export function aTab(
  { storage, bus, lock, clock, server }: Browser,
  upload: Upload = () => Promise.resolve(),
): {
  outbox: Outbox;
  connected: () => void;
  close: () => void;
} {
  const outbox = createOutbox({ storage, channel: bus.open(), files: noFiles, clock, newId: uuidv7 });
  const ending = new AbortController();
  let connected = (): void => undefined;
  const onConnected = (hear: () => void): (() => void) => {
    connected = hear;
    return () => undefined;
  };
  void outbox.reload();
  void lock(() =>
    ending.signal.aborted
      ? Promise.resolve()
      : runSender(
          { queue: outbox.queue, call: server.call, upload, clock, random: () => 0.5, onConnected },
          ending.signal,
        ),
  );
  return {
    outbox,
    connected: () => connected(),
    close() {
      ending.abort();
      outbox.stop();
    },
  };
}

export function aBrowser(clock: Clock, server = aServer()): Browser {
  return { storage: createMemoryStorage(), bus: createTabsBus(), lock: createLock(), clock, server };
}
