import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aChatModel, type ChatModel } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import {
  applyChatChanges,
  applyNewerPage,
  applyOlderPage,
  type ChatHistory,
  messageAt,
  openHistory,
} from './messages.store.ts';
import { narrowed, WINDOW_KEPT, WINDOW_MAX } from './messages.window.ts';

const PAGE = 50;
const me = aUserId(1);

function aLongChat(messages: number): { server: ChatModel; history: ChatHistory } {
  const server = aChatModel();
  for (let at = 0; at < messages; at += 1) server.post(me, `text ${at}`);
  const page = server.pageBefore(Number.POSITIVE_INFINITY, PAGE);
  const { chatId } = server;
  return {
    server,
    history: openHistory({
      chatId,
      revision: server.revision(),
      page,
      cursors: [],
      marksRevision: 0,
      clearedPosition: 0,
    }),
  };
}

const shownOf = (history: ChatHistory) => history.detour ?? history;

function older(history: ChatHistory, server: ChatModel): ChatHistory {
  const { from, hasOlder } = shownOf(history);
  return hasOlder ? narrowed(applyOlderPage(history, server.pageBefore(from, PAGE)), 'older') : history;
}

function newer(history: ChatHistory, server: ChatModel): ChatHistory {
  const { detour } = history;
  if (!detour) return narrowed(history, 'newer');
  const from = detour.until + 1;
  const messages = server.messagesFrom(from).slice(0, PAGE);
  const until = messages.at(-1)?.position ?? detour.until;
  const hasNewer = server.messagesFrom(until + 1).length > 0;
  const page = { from, until, messages, hasOlder: true, hasNewer, marks: [] };
  return narrowed(applyNewerPage(history, page), 'newer');
}

test('however one goes up and down a chat, a window of it is held, without holes, and level with the server', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ way: fc.constantFrom('up', 'down', 'news'), steps: fc.integer({ min: 1, max: 20 }) }), {
        maxLength: 12,
      }),
      (ways) => {
        const { server, history: opened } = aLongChat(900);
        let history = opened;
        for (const { way, steps } of ways) {
          for (let step = 0; step < steps; step += 1) {
            if (way === 'up') history = older(history, server);
            else if (way === 'down') history = newer(history, server);
            else history = applyChatChanges(history, server.post(me, 'news'));
            const { from, messages } = shownOf(history);
            // Two stretches may just have met.
            expect(messages.length).toBeLessThanOrEqual(WINDOW_MAX + WINDOW_KEPT);
            expect(messages).toEqual(server.messagesFrom(from).slice(0, messages.length));
            expect(history.messages).toEqual(server.messagesFrom(history.from));
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('all the way up and down again one is at the newest, and on the way everything came by', () => {
  const { server, history: opened } = aLongChat(1_200);
  const seen = new Set<number>();
  let history = opened;
  while (shownOf(history).hasOlder) {
    history = older(history, server);
    for (const { position } of shownOf(history).messages) seen.add(position);
  }
  expect(history.detour).not.toBeNull();
  expect(seen.size).toBe(1_200);
  while (history.detour) history = newer(history, server);
  expect(history.messages.at(-1)?.position).toBe(1_200);
  expect(messageAt(history, 1)).toBeUndefined();
});
