import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { ApiError, type ApiErrorCode, type Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import type { OutboxItem, OutboxQueue } from './messages.outbox.ts';

interface SenderDeps {
  readonly queue: OutboxQueue;
  readonly call: Call;
  /** Brings the files of a message to the server. Rejects with an ApiError, or with the signal's reason. */
  readonly upload: (item: OutboxItem, signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly onConnected: (hear: () => void) => () => void;
}

/** These pass: the server is away, busy, or in the middle of something. */
const PASSING: ReadonlySet<ApiErrorCode> = new Set([
  'offline',
  'timeout',
  'busy',
  'rate-limited',
  'slow-mode',
  'internal',
  'not-signed-in',
  'upload-moved',
  'upload-busy',
]);
/** A message that breaks the server each time does not hold up those behind it. */
const INTERNAL_TRIES = 8;

const ACK_TIMEOUT_FIRST_MS = 5_000;
const ACK_TIMEOUT_MAX_MS = 60_000;
const BACK_OFF_FIRST_MS = 500;
const BACK_OFF_MAX_MS = 30_000;

/** A slow link must not look like a dead one: each try waits longer for its acknowledgement. */
export function ackTimeoutMs(attempt: number): number {
  return Math.min(ACK_TIMEOUT_MAX_MS, ACK_TIMEOUT_FIRST_MS * 2 ** attempt);
}

/**
 * Sends what waits in the outbox until the signal ends it: chats beside each other, the messages of one chat in order,
 * the next only once the one before is durable or refused for good. Safe to run twice; one per browser is enough.
 */
export function runSender(
  { queue, call, upload, clock, random, onConnected }: SenderDeps,
  signal: AbortSignal,
): Promise<void> {
  // Its turn came after its end: another tab, or the next session of this one, waits for it to step aside.
  if (signal.aborted) return Promise.resolve();
  const lanes = new Set<ChatId>();
  const pauses = new Set<() => void>();
  /** What is on its way, and how to stop it. */
  const delivering = new Map<MessageId, AbortController>();
  /** A lane may have read them before. */
  const removed = new Set<MessageId>();
  let wakes = 0;

  queue.onAdded(wake);
  queue.onRemoved((id) => {
    removed.add(id);
    delivering.get(id)?.abort();
  });
  const stopHearing = onConnected(() => {
    endPauses();
    wake();
  });
  wake();

  return new Promise((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        stopHearing();
        queue.onAdded(() => undefined);
        queue.onRemoved(() => undefined);
        endPauses();
        resolve();
      },
      { once: true },
    );
  });

  function wake(): void {
    wakes += 1;
    void queue.waiting().then(
      (items) => {
        for (const { chatId } of items) if (!lanes.has(chatId)) void runLane(chatId);
      },
      () => void pause(BACK_OFF_MAX_MS).then(wake),
    );
  }

  async function runLane(chatId: ChatId): Promise<void> {
    lanes.add(chatId);
    try {
      while (!signal.aborted) {
        const seen = wakes;
        // oxlint-disable-next-line no-await-in-loop -- order is the point
        const items = (await queue.waiting()).filter((item) => item.chatId === chatId);
        if (items.length === 0 && seen === wakes) return;
        // oxlint-disable-next-line no-await-in-loop -- order is the point
        for (const item of items) await deliver(item);
      }
    } finally {
      lanes.delete(chatId);
    }
  }

  async function deliver(item: OutboxItem): Promise<void> {
    if (removed.has(item.id)) return;
    const givenUp = new AbortController();
    delivering.set(item.id, givenUp);
    await tryUntilDone(item, AbortSignal.any([signal, givenUp.signal]));
    delivering.delete(item.id);
  }

  async function tryUntilDone(item: OutboxItem, turn: AbortSignal): Promise<void> {
    for (let attempt = 0; !turn.aborted; attempt += 1) {
      // oxlint-disable-next-line no-await-in-loop -- tries follow each other
      const failure = await post(item, attempt, turn);
      if (!failure || turn.aborted) return;
      if (!PASSING.has(failure.code) || (failure.code === 'internal' && attempt + 1 >= INTERNAL_TRIES)) {
        // oxlint-disable-next-line no-await-in-loop -- the last thing this loop does
        await queue.refused(item, failure.code);
        return;
      }
      // oxlint-disable-next-line no-await-in-loop -- tries follow each other
      await pause(backOffMs(attempt, failure));
    }
  }

  async function post(item: OutboxItem, attempt: number, turn: AbortSignal): Promise<ApiError | undefined> {
    try {
      const { chatId, id, text, attachments = [], replyTo, thread, isSilent } = item;
      await upload(item, turn);
      turn.throwIfAborted();
      const message = await call(
        messageRoutes.postMessage,
        {
          params: { chatId },
          body: {
            id,
            text,
            ...(attachments.length > 0 ? { attachmentIds: attachments.map((one) => one.id) } : {}),
            ...(replyTo === undefined ? {} : { replyTo }),
            ...(thread === undefined ? {} : { thread }),
            ...(isSilent ? { isSilent } : {}),
          },
        },
        { timeoutMs: ackTimeoutMs(attempt) },
      );
      await queue.landed(message);
      return undefined;
    } catch (failure) {
      return failure instanceof ApiError ? failure : new ApiError('internal', { cause: failure });
    }
  }

  function backOffMs(attempt: number, { retryAfterSeconds = 0 }: ApiError): number {
    const ceiling = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** (attempt + 1));
    return Math.max(retryAfterSeconds * 1_000, BACK_OFF_FIRST_MS + random() * (ceiling - BACK_OFF_FIRST_MS));
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        pauses.delete(end);
        resolve();
      };
      const cancel = clock.after(delayMs, end);
      pauses.add(end);
    });
  }

  function endPauses(): void {
    for (const end of pauses) end();
  }
}
