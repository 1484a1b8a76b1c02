import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '../platform/clock.ts';
import type { ChatHistory } from './messages.store.ts';

/** Timers hold no more than 24 days, and a machine that slept is to look at its clock again. */
const LOOKED_AGAIN_MS = 3_600_000;

/** Its time is over, as the server says it or as this device has seen for itself. */
export function isExpired({ content }: Pick<Message, 'content'>): boolean {
  return content.kind === 'deleted' && content.reason === 'expired';
}

/** Without the content of what is over at this moment, whether or not the server could be heard. */
function withoutExpired(history: ChatHistory, now: number): ChatHistory {
  if ((nextExpiryOf(history) ?? Number.POSITIVE_INFINITY) > now) return history;
  const { messages, detour, referred, pins, threads } = history;
  const tombstoned = (all: readonly Message[]): readonly Message[] => all.map((message) => asOf(message, now));
  return {
    ...history,
    messages: tombstoned(messages),
    detour: detour && { ...detour, messages: tombstoned(detour.messages) },
    referred: new Map([...referred].map(([position, message]) => [position, message && asOf(message, now)])),
    pins: pins && tombstoned(pins).filter((message) => !isExpired(message)),
    threads: new Map(
      [...threads].map(([position, window]) => [
        position,
        {
          ...window,
          root: asOf(window.root, now),
          messages: tombstoned(window.messages),
          detour: window.detour && { ...window.detour, messages: tombstoned(window.detour.messages) },
        },
      ]),
    ),
  };
}

/** When the next message of those held is over. */
function nextExpiryOf({ messages, detour, referred, pins, threads }: ChatHistory): number | undefined {
  const inThreads = [...threads.values()].flatMap((window) => [
    window.root,
    ...window.messages,
    ...(window.detour?.messages ?? []),
  ]);
  const known = [...referred.values()].filter((one) => one !== null);
  const held = [messages, detour?.messages ?? [], known, pins ?? [], inThreads];
  const times = held.flat().flatMap(({ expiresAt }) => (expiresAt === undefined ? [] : [Date.parse(expiresAt)]));
  return times.length === 0 ? undefined : Math.min(...times);
}

interface Followed {
  readonly store: StoreApi<{ readonly histories: ReadonlyMap<ChatId, ChatHistory> }>;
  readonly clock: Clock;
  readonly change: (chatId: ChatId, work: (history: ChatHistory) => ChatHistory) => void;
}

/** Lets go of what is over at its moment, with a network or without. Answers how to stop. */
export function expireInTime({ store, clock, change }: Followed): () => void {
  const nexts = new WeakMap<ChatHistory, number>();
  let cancel: () => void = () => undefined;
  const stopHearing = store.subscribe(look);

  function look(): void {
    cancel();
    const { histories } = store.getState();
    const now = clock.now();
    for (const [chatId, history] of histories) {
      if (nextOf(history) > now) continue;
      // Changing the store looks again.
      return change(chatId, (known) => withoutExpired(known, now));
    }
    const next = Math.min(...[...histories.values()].map(nextOf));
    if (next < Number.POSITIVE_INFINITY) cancel = clock.after(Math.min(next - now, LOOKED_AGAIN_MS), look);
  }

  function nextOf(history: ChatHistory): number {
    const next = nexts.get(history) ?? nextExpiryOf(history) ?? Number.POSITIVE_INFINITY;
    nexts.set(history, next);
    return next;
  }

  return () => {
    stopHearing();
    cancel();
  };
}

function asOf(message: Message, now: number): Message {
  const { id, chatId, senderId, postedAt, position, revision, expiresAt, thread } = message;
  if (expiresAt === undefined || Date.parse(expiresAt) > now) return message;
  const inThread = thread === undefined ? {} : { thread };
  const content = { kind: 'deleted' as const, reason: 'expired' as const };
  return { id, chatId, senderId, postedAt, position, revision, ...inThread, content };
}
