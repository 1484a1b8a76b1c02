import type { Attachment } from '@dialog/shared/attachments';
import { type Cursor, passesOver } from '@dialog/shared/chats.cursor';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Message, MessageMark, SystemNote } from '@dialog/shared/messages';
import type { DeliveryState } from '../chats/deliveryState.ts';
import type { ApiErrorCode } from '../platform/api.ts';
import { isExpired } from './messages.expiry.ts';
import { contentOf, type OutboxItem } from './messages.outbox.ts';

export interface DayRow {
  readonly kind: 'day';
  readonly key: string;
  /** ISO 8601, some moment of that day. */
  readonly at: string;
}

export interface NewRow {
  readonly kind: 'new';
  readonly key: string;
}

export interface TextRow {
  readonly kind: 'text';
  readonly chatId: ChatId;
  /** The message's id, from the outbox on: the row stays when the message becomes durable. */
  readonly key: string;
  /** Null while the history does not hold it. */
  readonly position: number | null;
  readonly senderId: UserId;
  /** Null where it was taken back, or where this version of Dialog cannot read it. */
  readonly text: string | null;
  readonly attachments: readonly Attachment[];
  /** The message once it is durable: what there is to do with it goes by this. */
  readonly message: Message | null;
  readonly mark: MessageMark | null;
  readonly replyTo: number | null;
  readonly at: string;
  readonly isMine: boolean;
  /** Of those in a row by one sender within a minute. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Null for what others wrote. */
  readonly state: DeliveryState | null;
  /** How many others have read it. */
  readonly readBy: number;
  readonly refusal: ApiErrorCode | null;
  /** The newest of one's own says its state in words. */
  readonly saysState: boolean;
}

export interface SystemRow {
  readonly kind: 'system';
  readonly key: string;
  readonly position: number;
  readonly senderId: UserId;
  readonly note: SystemNote;
}

export type Row = DayRow | NewRow | TextRow | SystemRow;

export interface RowsInput {
  readonly chatId: ChatId;
  readonly me: UserId;
  readonly messages: readonly Message[];
  /** Of this chat, in order. */
  readonly items: readonly OutboxItem[];
  /** One's own marks, by position. */
  readonly marks: ReadonlyMap<number, MessageMark>;
  /** Durable messages of this chat that the history may not hold yet. */
  readonly landed: readonly Message[];
  readonly cursors: ReadonlyMap<UserId, Cursor>;
  /** The read cursor when the chat was opened; null when nothing was unread. */
  readonly newAfter: number | null;
}

/** One thing that will be a bubble, before its neighbours are known. */
interface Entry {
  readonly key: string;
  readonly position: number | null;
  readonly senderId: UserId;
  readonly at: string;
  readonly content: Message['content'];
  readonly message: Message | null;
  readonly replyTo: number | null;
  readonly state: DeliveryState | null;
  readonly readBy: number;
  readonly refusal: ApiErrorCode | null;
}

/** What the list shows, top to bottom. Rows equal to earlier ones are the earlier objects, so that they render once. */
function buildRows(input: RowsInput, earlier: ReadonlyMap<string, Row>): readonly Row[] {
  const entries = entriesOf(input);
  const saidKey = entries.findLast(({ state }) => state !== null)?.key;
  const rows: Row[] = [];
  let isNewShown = false;
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    if (!before || dayOf(before.at) !== dayOf(entry.at))
      rows.push({ kind: 'day', key: `day ${dayOf(entry.at)}`, at: entry.at });
    if (!isNewShown && isNew(entry, input)) {
      isNewShown = true;
      rows.push({ kind: 'new', key: 'new' });
    }
    rows.push(
      rowOf(entry, {
        before: rows.at(-1)?.kind === 'text' ? before : undefined,
        after: entries[index + 1],
        input,
        saidKey,
      }),
    );
  });
  return rows.map((row) => {
    const known = earlier.get(row.key);
    return known && isSame(known, row) ? known : row;
  });
}

/** Builds the rows of one open chat, again and again: what is equal to the last time is the same object. */
export function createRowBuilder(): (input: RowsInput) => readonly Row[] {
  let last: { readonly input: RowsInput; readonly rows: readonly Row[] } | undefined;
  let known: ReadonlyMap<string, Row> = new Map();
  return (input) => {
    if (last && isSame(last.input, input)) return last.rows;
    const rows = buildRows(input, known);
    known = new Map(rows.map((row) => [row.key, row]));
    last = { input, rows };
    return rows;
  };
}

/** The days of people, in their own time zone. */
function dayOf(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function entriesOf({ me, messages, marks, items, landed, cursors }: RowsInput): readonly Entry[] {
  const others = [...cursors.values()].filter(({ userId }) => userId !== me);
  const reads = others.map(({ readPosition }) => readPosition).toSorted((a, b) => a - b);
  const arrivals = others.map(({ deliveredPosition }) => deliveredPosition).toSorted((a, b) => a - b);
  const passing = others.filter(({ passedOver }) => passedOver !== undefined);
  const newest = messages.at(-1)?.position ?? 0;
  const notYetHeld = landed.filter(({ position }) => position > newest).toSorted((a, b) => a.position - b.position);
  const shown = [...messages, ...notYetHeld].filter(
    (message) => !marks.get(message.position)?.isHidden && !isExpired(message),
  );
  const durable = shown.map((message): Entry => {
    const { id, position, senderId, postedAt, content } = message;
    const isMine = senderId === me && isSaid(content);
    // How far others are in a thread is not told, and what was withheld has reached nobody: it is sent, no more is said.
    const isFollowed = message.thread === undefined && !passing.some((cursor) => passesOver(cursor, position));
    const readBy = isMine && isFollowed ? countFrom(reads, position) : 0;
    const state = isMine ? stateOf(readBy, isFollowed ? countFrom(arrivals, position) : 0) : null;
    const replyTo = message.replyTo ?? null;
    return { key: id, position, senderId, at: postedAt, content, message, replyTo, state, readBy, refusal: null };
  });
  const known = new Set(durable.slice(-items.length * 2 - 50).map(({ key }) => key));
  const pending = items
    .filter(({ id }) => !known.has(id))
    .map((item): Entry => ({
      key: item.id,
      position: null,
      senderId: me,
      at: item.writtenAt,
      content: contentOf(item),
      message: null,
      replyTo: item.replyTo ?? null,
      state: item.refusal ? 'refused' : 'waiting',
      readBy: 0,
      refusal: item.refusal,
    }));
  return [...durable, ...pending];
}

function isSaid({ kind }: Message['content']): boolean {
  return kind === 'text' || kind === 'poll';
}

function stateOf(readBy: number, deliveredTo: number): DeliveryState {
  if (readBy > 0) return 'read';
  return deliveredTo > 0 ? 'delivered' : 'sent';
}

/** How many of the ascending positions are at or after one. */
function countFrom(ascending: readonly number[], position: number): number {
  const index = ascending.findIndex((one) => one >= position);
  return index === -1 ? 0 : ascending.length - index;
}

interface Surroundings {
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
  readonly input: RowsInput;
  readonly saidKey: string | undefined;
}

function rowOf(entry: Entry, { before, after, input, saidKey }: Surroundings): TextRow | SystemRow {
  const { content, ...shown } = entry;
  const { key, position, senderId, refusal } = entry;
  if (content.kind === 'system') return { kind: 'system', key, position: position ?? 0, senderId, note: content.note };
  const startsNew = after !== undefined && isNew(after, input) && !isNew(entry, input);
  return {
    ...shown,
    kind: 'text',
    chatId: input.chatId,
    ...shownOf(content),
    mark: markOf(entry, input),
    isMine: senderId === input.me,
    isFirst: !before || !isTogether(before, entry),
    isLast: !after || startsNew || !isTogether(entry, after),
    saysState: key === saidKey || refusal !== null,
  };
}

function shownOf(content: Entry['content']): Pick<TextRow, 'text' | 'attachments'> {
  if (content.kind === 'poll') return { text: content.question, attachments: NO_ATTACHMENTS };
  if (content.kind !== 'text') return { text: null, attachments: NO_ATTACHMENTS };
  return { text: content.text, attachments: content.attachments ?? NO_ATTACHMENTS };
}

const NO_ATTACHMENTS: readonly Attachment[] = [];

function markOf({ position }: Entry, { marks }: RowsInput): MessageMark | null {
  return (position !== null && marks.get(position)) || null;
}

function isNew({ position, senderId }: Entry, { newAfter, me }: RowsInput): boolean {
  return newAfter !== null && position !== null && position > newAfter && senderId !== me;
}

function isTogether(a: Entry, b: Entry): boolean {
  if (a.content.kind === 'system' || b.content.kind === 'system') return false;
  if (a.refusal !== null || b.refusal !== null) return false;
  return a.senderId === b.senderId && minuteOf(a.at) === minuteOf(b.at);
}

function minuteOf(at: string): number {
  return Math.floor(Date.parse(at) / 60_000);
}

function isSame(a: object, b: object): boolean {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([name, value], index) => right[index]?.[0] === name && right[index][1] === value)
  );
}
