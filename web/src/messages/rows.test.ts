import type { Cursor } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { expect, test } from 'vitest';
import { aChatId, aMessageId, aUserId } from '../testing/ids.ts';
import type { OutboxItem } from './messages.outbox.ts';
import { createRowBuilder, type Row, type RowsInput, type TextRow } from './rows.ts';

const me = aUserId(1);
const bob = aUserId(2);
const carol = aUserId(3);

function aMessage(
  position: number,
  senderId: UserId,
  at = `2026-03-05T10:00:${String(position).padStart(2, '0')}.000Z`,
): Message {
  return {
    id: aMessageId(position),
    chatId: aChatId(1),
    senderId,
    content: { kind: 'text', text: `${position}` },
    postedAt: at,
    position,
    revision: position,
  };
}

function anItem(n: number, refusal: OutboxItem['refusal'] = null): OutboxItem {
  return {
    id: aMessageId(n),
    chatId: aChatId(1),
    text: `${n}`,
    writtenAt: '2026-03-05T10:00:59.000Z',
    order: n,
    refusal,
  };
}

const PLACE = { chatId: aChatId(1), marks: new Map() };

function aCursor(userId: UserId, readPosition: number, deliveredPosition: number): [UserId, Cursor] {
  return [userId, { userId, readPosition, deliveredPosition }];
}

function rowsOf(input: Partial<RowsInput>): readonly Row[] {
  return createRowBuilder()({
    chatId: aChatId(1),
    me,
    messages: [],
    marks: new Map(),
    items: [],
    landed: [],
    cursors: new Map(),
    newAfter: null,
    ...input,
  });
}

const textsOf = (rows: readonly Row[]): TextRow[] => rows.filter((row) => row.kind === 'text');

test('what one person writes within a minute is one group; another person or minute begins the next', () => {
  const rows = textsOf(
    rowsOf({
      messages: [
        aMessage(1, bob),
        aMessage(2, bob),
        aMessage(3, carol),
        aMessage(4, carol, '2026-03-05T10:01:00.000Z'),
      ],
    }),
  );
  expect(rows.map(({ isFirst, isLast }) => [isFirst, isLast])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test('each day is headed once, and what is new since the last visit once', () => {
  const rows = rowsOf({
    messages: [
      aMessage(1, bob, '2026-03-04T10:00:00.000Z'),
      aMessage(2, bob),
      aMessage(3, me),
      aMessage(4, bob),
      aMessage(5, bob),
    ],
    newAfter: 3,
  });
  expect(rows.map(({ kind }) => kind)).toEqual(['day', 'text', 'day', 'text', 'text', 'new', 'text', 'text']);
});

test('one’s own is sent, then delivered, then read, as the others get on', () => {
  const messages = [aMessage(1, me), aMessage(2, me), aMessage(3, me)];
  const cursors = new Map([aCursor(bob, 1, 2), aCursor(carol, 1, 1), aCursor(me, 3, 3)]);
  expect(textsOf(rowsOf({ messages, cursors })).map(({ state, readBy }) => [state, readBy])).toEqual([
    ['read', 2],
    ['delivered', 0],
    ['sent', 0],
  ]);
});

test('what was withheld from somebody stays sent, however far they have got since', () => {
  const [id, cursor] = aCursor(bob, 4, 4);
  const cursors = new Map([[id, { ...cursor, passedOver: [{ from: 2, until: 3 }] }]]);
  const messages = [1, 2, 3, 4].map((position) => aMessage(position, me));
  expect(textsOf(rowsOf({ messages, cursors })).map(({ state }) => state)).toEqual(['read', 'sent', 'sent', 'read']);
});

test('a message keeps its row from the outbox into the history', () => {
  const build = createRowBuilder();
  const input = {
    ...PLACE,
    me,
    messages: [aMessage(1, bob)],
    items: [anItem(2)],
    landed: [],
    cursors: new Map(),
    newAfter: null,
  };
  const waiting = textsOf(build(input)).at(-1);
  const landed = textsOf(build({ ...input, items: [], landed: [aMessage(2, me)] })).at(-1);
  const held = textsOf(build({ ...input, items: [], messages: [aMessage(1, bob), aMessage(2, me)] })).at(-1);
  expect([waiting, landed, held].map((row) => [row?.key, row?.state])).toEqual([
    [aMessageId(2), 'waiting'],
    [aMessageId(2), 'sent'],
    [aMessageId(2), 'sent'],
  ]);
  expect(
    textsOf(build({ ...input, messages: [aMessage(1, bob), aMessage(2, me)] })).filter(
      ({ key }) => key === aMessageId(2),
    ),
  ).toHaveLength(1);
});

test('a refused message says why and stands apart', () => {
  const rows = textsOf(rowsOf({ items: [anItem(1), anItem(2, 'not-allowed'), anItem(3)] }));
  expect(rows.map(({ state, isFirst, isLast }) => [state, isFirst, isLast])).toEqual([
    ['waiting', true, true],
    ['refused', true, true],
    ['waiting', true, true],
  ]);
});

test('one new message makes one new row and touches at most the one before it', () => {
  const build = createRowBuilder();
  const messages = Array.from({ length: 500 }, (_, n) =>
    aMessage(n + 1, n % 5 < 3 ? bob : carol, new Date(Date.UTC(2026, 2, 5) + n * 20_000).toISOString()),
  );
  const input = { ...PLACE, me, messages, items: [], landed: [], cursors: new Map(), newAfter: null };
  const before = new Set(build(input));
  const other = build({ ...input, messages: [...messages, aMessage(501, carol, '2026-03-05T23:00:00.000Z')] });
  expect(other.filter((row) => !before.has(row))).toHaveLength(1);
  const known = new Set(other);
  const grouped = build({
    ...input,
    messages: [
      ...messages,
      aMessage(501, carol, '2026-03-05T23:00:00.000Z'),
      aMessage(502, carol, '2026-03-05T23:00:10.000Z'),
    ],
  });
  expect(grouped.filter((row) => !known.has(row)).map(({ key }) => key)).toEqual([aMessageId(501), aMessageId(502)]);
});

test('a moved cursor touches only the rows whose state it changes', () => {
  const build = createRowBuilder();
  const messages = Array.from({ length: 50 }, (_, n) => aMessage(n + 1, n % 2 === 0 ? me : bob));
  const input = { ...PLACE, me, messages, items: [], landed: [], newAfter: null };
  const before = new Set(build({ ...input, cursors: new Map([aCursor(bob, 40, 48)]) }));
  const after = build({ ...input, cursors: new Map([aCursor(bob, 42, 48)]) });
  expect(after.filter((row) => !before.has(row)).map(({ key }) => key)).toEqual([aMessageId(41)]);
});
