import type { ChatChanges } from '@dialog/shared/chats';
import { type Cursor, furthestOf } from '@dialog/shared/chats.cursor';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Message, MessageMark } from '@dialog/shared/messages';
import { advanced, findAt, type Held, merged, type Stretch } from './messages.stretch.ts';
import { advanceThreads, heldInThreads, type ThreadWindow } from './messages.threads.store.ts';

/** The part of a chat that this device holds: every message from position `from` on, as of `revision`. */
export interface ChatHistory extends Held {
  readonly chatId: ChatId;
  readonly revision: number;
  /** How far others have got; empty in large groups. */
  readonly cursors: ReadonlyMap<UserId, Cursor>;
  /** One's own marks of the messages held, by position. */
  readonly marks: ReadonlyMap<number, MessageMark>;
  /** The person's revision that the marks are complete up to. */
  readonly marksRevision: number;
  /** Messages that others answer and that are not held, by position; null where nothing stands. */
  readonly referred: ReadonlyMap<number, Message | null>;
  /** The pinned messages, the newest first; null until they were asked for. */
  readonly pins: readonly Message[] | null;
  /** Nothing stands at or before this position; 0 where nothing was cleared. */
  readonly clearedPosition: number;
  /** The position of the root where this is the view of a thread; null: the conversation itself. */
  readonly thread: number | null;
  /** Threads that are open or were lately, by the position of their roots. */
  readonly threads: ReadonlyMap<number, ThreadWindow>;
}

export interface HistoryPage {
  readonly from: number;
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  readonly marks: readonly MessageMark[];
}

/** A chat as the server opened it. The page is of the same moment as the revision. */
export function openHistory(opened: {
  readonly chatId: ChatId;
  readonly revision: number;
  readonly page: HistoryPage;
  readonly cursors: readonly Cursor[];
  readonly marksRevision: number;
  readonly clearedPosition: number;
}): ChatHistory {
  const { chatId, revision, page, cursors, marksRevision, clearedPosition } = opened;
  return {
    chatId,
    revision,
    from: page.from,
    hasOlder: page.hasOlder,
    messages: page.messages.toSorted((a, b) => a.position - b.position),
    cursors: new Map(cursors.map((cursor) => [cursor.userId, cursor])),
    marks: new Map(page.marks.map((mark) => [mark.position, mark])),
    marksRevision,
    detour: null,
    referred: new Map(),
    pins: null,
    clearedPosition,
    thread: null,
    threads: new Map(),
  };
}

/** What changed, told or caught up. Old news changes nothing; the caller sees to it that nothing lies between. */
export function applyChatChanges(history: ChatHistory, changes: ChatChanges): ChatHistory {
  if (changes.revision <= history.revision || changes.from > history.revision) return history;
  const { referred, pins, threads } = history;
  return {
    ...advanced(
      history,
      changes.messages.filter(({ thread }) => thread === undefined),
    ),
    revision: changes.revision,
    clearedPosition: Math.max(history.clearedPosition, changes.chat?.clearedPosition ?? 0),
    threads: advanceThreads(threads, changes.messages),
    referred: refreshed(referred, changes.messages),
    pins: pins && withChangedPins(pins, changes.messages),
  };
}

/** One page further into the past, of the detour while there is one. */
export function applyOlderPage(history: ChatHistory, page: HistoryPage): ChatHistory {
  const { detour } = history;
  const shown = detour ?? history;
  if (page.from >= shown.from)
    return shown.hasOlder === page.hasOlder ? history : withShown(history, { hasOlder: page.hasOlder });
  return withShown(applyMarks(history, page.marks), {
    from: page.from,
    hasOlder: page.hasOlder,
    messages: merged(shown.messages, page.messages, { from: page.from, until: shown.messages.at(-1)?.position }),
  });
}

/** Shows another place of the chat; where it meets what is held, the two become one. */
export function startDetour(history: ChatHistory, stretch: Stretch & Pick<HistoryPage, 'marks'>): ChatHistory {
  return joined({ ...applyMarks(history, stretch.marks), detour: stretch });
}

/** One page of the detour further towards the newest. */
export function applyNewerPage(history: ChatHistory, page: Stretch & Pick<HistoryPage, 'marks'>): ChatHistory {
  const { detour } = history;
  if (!detour || page.from > detour.until + 1) return history;
  const until = Math.max(detour.until, page.until);
  return joined({
    ...applyMarks(history, page.marks),
    detour: {
      ...detour,
      until,
      hasNewer: page.hasNewer,
      messages: merged(detour.messages, page.messages, { from: detour.from, until }),
    },
  });
}

export function endDetour(history: ChatHistory): ChatHistory {
  return history.detour ? { ...history, detour: null } : history;
}

/** One's own marks; each by its own revision, so the order in which they come does not matter. */
export function applyMarks(history: ChatHistory, marks: readonly MessageMark[]): ChatHistory {
  const news = marks.filter(({ position, revision }) => (history.marks.get(position)?.revision ?? -1) < revision);
  if (news.length === 0) return history;
  return { ...history, marks: new Map([...history.marks, ...news.map((mark) => [mark.position, mark] as const)]) };
}

/** What answers refer to, as asked for: what did not come is not there. */
export function applyReferred(history: ChatHistory, asked: readonly number[], found: readonly Message[]): ChatHistory {
  const byPosition = new Map(found.map((message) => [message.position, message]));
  const referred = new Map(history.referred);
  for (const position of asked) {
    const [known, message] = [referred.get(position), byPosition.get(position) ?? null];
    if (!known || (message && message.revision > known.revision)) referred.set(position, message);
  }
  return { ...history, referred };
}

/** The pinned messages, as asked for; what changed meanwhile is kept. */
export function applyPins(history: ChatHistory, pins: readonly Message[]): ChatHistory {
  return { ...history, pins: withChangedPins(history.pins ?? [], pins) };
}

/** The message at a position, wherever this device holds it. Null: nothing stands there. Undefined: not known. */
export function messageAt(history: ChatHistory, position: number): Message | null | undefined {
  return (
    findAt(history.messages, position) ??
    (history.detour ? findAt(history.detour.messages, position) : undefined) ??
    heldInThreads(history.threads, position) ??
    history.referred.get(position)
  );
}

/** Cursors only move forward, however late they are told. */
export function applyCursors(history: ChatHistory, cursors: readonly Cursor[]): ChatHistory {
  const next = new Map(history.cursors);
  let hasMoved = false;
  for (const cursor of cursors) {
    const { userId, readPosition, deliveredPosition } = cursor;
    const known = next.get(userId);
    if (known && known.readPosition >= readPosition && known.deliveredPosition >= deliveredPosition) continue;
    hasMoved = true;
    next.set(userId, furthestOf(cursor, known));
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

function withShown(history: ChatHistory, shown: Partial<Pick<Stretch, 'from' | 'hasOlder' | 'messages'>>): ChatHistory {
  const { detour } = history;
  return detour ? { ...history, detour: { ...detour, ...shown } } : { ...history, ...shown };
}

function joined(history: ChatHistory): ChatHistory {
  const { detour } = history;
  if (!detour || (detour.hasNewer && detour.until < history.from - 1)) return history;
  const from = Math.min(history.from, detour.from);
  return {
    ...history,
    from,
    hasOlder: detour.from <= history.from ? detour.hasOlder : history.hasOlder,
    messages: merged(history.messages, detour.messages, { from }),
    detour: null,
  };
}

function withChangedPins(pins: readonly Message[], changed: readonly Message[]): readonly Message[] {
  const byPosition = new Map(pins.map((message) => [message.position, message]));
  const news = changed.filter(
    ({ position, revision, isPinned }) =>
      (isPinned === true || byPosition.has(position)) && (byPosition.get(position)?.revision ?? -1) < revision,
  );
  if (news.length === 0) return pins;
  for (const message of news) byPosition.set(message.position, message);
  return [...byPosition.values()].filter(({ isPinned }) => isPinned).toSorted((a, b) => b.position - a.position);
}

function refreshed(
  referred: ChatHistory['referred'],
  changed: readonly Message[],
): ReadonlyMap<number, Message | null> {
  const news = changed.filter(({ position }) => referred.has(position));
  if (news.length === 0) return referred;
  return new Map([...referred, ...news.map((message) => [message.position, message] as const)]);
}
