import type { Message } from '@dialog/shared/messages';
import { expect, test } from 'vitest';
import { aChatModel } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import { clearDesk, clearedUpTo, withoutCleared } from './messages.clearing.ts';
import { createDesks } from './messages.desk.ts';
import { applyOlderPage, applyPins, applyReferred, messageAt, openHistory, startDetour } from './messages.store.ts';

const other = aUserId(2);

/** Ten messages, of which the last three are held, with a detour, pins and a message that another one answers. */
function aHistory() {
  const server = aChatModel();
  const posted = Array.from({ length: 10 }, (_, n) => server.post(other, `${n}`).messages[0] as Message);
  const page = server.pageBefore(Number.POSITIVE_INFINITY, 3);
  const opened = openHistory({
    ...{ chatId: server.chatId, page, cursors: [], marksRevision: 0, clearedPosition: 0 },
    revision: server.revision(),
  });
  const at = (position: number): Message => posted[position - 1] as Message;
  const detour = { from: 2, until: 5, messages: [2, 3, 4, 5].map(at), hasOlder: true, hasNewer: true, marks: [] };
  const history = applyReferred(
    applyPins(
      startDetour(opened, detour),
      [at(3), at(6)].map((message) => ({ ...message, isPinned: true as const })),
    ),
    [1, 6],
    [at(1), at(6)],
  );
  return { server, history, at };
}

const positionsOf = (messages: readonly Message[] | undefined | null) => messages?.map(({ position }) => position);

test('what was cleared is let go of wherever it was held', () => {
  const { history } = aHistory();
  const some = clearedUpTo(history, 4);
  expect(positionsOf(some.detour?.messages)).toEqual([5]);
  expect(some.detour?.hasOlder).toBe(false);
  expect(positionsOf(some.pins)).toEqual([6]);
  expect([messageAt(some, 1), messageAt(some, 6)?.position]).toEqual([null, 6]);
  expect(positionsOf(some.messages)).toEqual([8, 9, 10]);

  const all = clearedUpTo(some, 10);
  expect(all).toMatchObject({ messages: [], detour: null, pins: [], hasOlder: false });
  expect(clearedUpTo(all, 4)).toBe(all);
});

test('an answer that was on its way while the chat was cleared brings nothing back', () => {
  const { server, history } = aHistory();
  const page = server.pageBefore(2, 3);
  const cleared = clearedUpTo(history, 10);
  expect(withoutCleared(applyOlderPage(cleared, page)).messages).toEqual([]);
  expect(withoutCleared(cleared)).toBe(cleared);
});

test('nobody goes on answering, picking or looking at what was cleared', () => {
  const { history, at } = aHistory();
  const desk = createDesks().of(history.chatId);
  const [old, recent] = [at(4), at(8)];
  desk.setState({
    task: { kind: 'reply', to: old },
    selected: new Map([old, recent].map((message) => [message.id, message])),
    dialog: { kind: 'forward', messages: [old, recent] },
  });
  clearDesk(desk, 4);
  expect(desk.getState()).toMatchObject({ task: { kind: 'new' }, dialog: null });
  expect([...(desk.getState().selected?.keys() ?? [])]).toEqual([recent.id]);

  desk.setState({ task: { kind: 'edit', message: recent, text: 'so' }, dialog: { kind: 'date' } });
  clearDesk(desk, 4);
  expect(desk.getState()).toMatchObject({ task: { kind: 'edit' }, dialog: { kind: 'date' } });
});
