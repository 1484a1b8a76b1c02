import type { ChatChanges, Cursor } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';

/** The part of a chat that this device holds: every message from position `from` on, as of `revision`. */
export interface ChatHistory {
  readonly chatId: ChatId;
  readonly revision: number;
  readonly from: number;
  /** There is something before `from`. */
  readonly hasOlder: boolean;
  /** By position, oldest first. */
  readonly messages: readonly Message[];
  /** How far others have got; empty in large groups. */
  readonly cursors: ReadonlyMap<UserId, Cursor>;
}

export interface HistoryPage {
  readonly from: number;
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
}

/** A chat as the server opened it. The page is of the same moment as the revision. */
export function openHistory(opened: {
  readonly chatId: ChatId;
  readonly revision: number;
  readonly page: HistoryPage;
  readonly cursors: readonly Cursor[];
}): ChatHistory {
  const { chatId, revision, page, cursors } = opened;
  return {
    chatId,
    revision,
    from: page.from,
    hasOlder: page.hasOlder,
    messages: page.messages.toSorted((a, b) => a.position - b.position),
    cursors: new Map(cursors.map((cursor) => [cursor.userId, cursor])),
  };
}

/** What changed, told or caught up. Old news changes nothing; the caller sees to it that nothing lies between. */
export function applyChatChanges(history: ChatHistory, changes: ChatChanges): ChatHistory {
  if (changes.revision <= history.revision || changes.from > history.revision) return history;
  return { ...history, revision: changes.revision, messages: merged(history.messages, changes.messages, history.from) };
}

/** One page further into the past. */
export function applyOlderPage(history: ChatHistory, page: HistoryPage): ChatHistory {
  if (page.from >= history.from)
    return history.hasOlder === page.hasOlder ? history : { ...history, hasOlder: page.hasOlder };
  return {
    ...history,
    from: page.from,
    hasOlder: page.hasOlder,
    messages: merged(history.messages, page.messages, page.from),
  };
}

/** Cursors only move forward, however late they are told. */
export function applyCursors(history: ChatHistory, cursors: readonly Cursor[]): ChatHistory {
  const next = new Map(history.cursors);
  let hasMoved = false;
  for (const { userId, readPosition, deliveredPosition } of cursors) {
    const known = next.get(userId);
    if (known && known.readPosition >= readPosition && known.deliveredPosition >= deliveredPosition) continue;
    hasMoved = true;
    next.set(userId, {
      userId,
      readPosition: Math.max(readPosition, known?.readPosition ?? 0),
      deliveredPosition: Math.max(deliveredPosition, known?.deliveredPosition ?? 0),
    });
  }
  return hasMoved ? { ...history, cursors: next } : history;
}

/** The newest `count` messages; what is older is fetched again when someone scrolls there. */
export function trimmed(history: ChatHistory, count: number): ChatHistory {
  const messages = history.messages.slice(-count);
  const first = messages[0];
  if (!first || messages.length === history.messages.length) return history;
  return { ...history, messages, from: first.position, hasOlder: true };
}

/** The index of the first message at or after a position. */
export function indexAt(messages: readonly Message[], position: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.position ?? Number.POSITIVE_INFINITY) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merged(known: readonly Message[], incoming: readonly Message[], from: number): readonly Message[] {
  const messages = [...known];
  for (const message of incoming) {
    if (message.position < from) continue;
    const index = indexAt(messages, message.position);
    const there = messages[index];
    if (there?.position !== message.position) messages.splice(index, 0, message);
    else if (there.revision < message.revision) messages[index] = message;
  }
  return messages;
}
