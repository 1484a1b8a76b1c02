import type { ChatChanges } from '@dialog/shared/chats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aChatModel, type ChatModel, inOneFrame } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import {
  applyChatChanges,
  applyCursors,
  applyOlderPage,
  openHistory,
  trimmed,
  type ChatHistory,
} from './messages.store.ts';
import { indexAt } from './messages.stretch.ts';

const PAGE = 3;

function opened(server: ChatModel): ChatHistory {
  const page = server.pageBefore(Number.POSITIVE_INFINITY, PAGE);
  return openHistory({
    chatId: server.chatId,
    revision: server.revision(),
    page,
    cursors: [],
    marksRevision: 0,
    clearedPosition: 0,
  });
}

const anAct = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('post' as const), by: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('reply' as const), by: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('edit' as const), by: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('rename' as const), by: fc.nat(2) }) },
);

function perform(
  server: ChatModel,
  { act, by }: { act: 'post' | 'reply' | 'edit' | 'rename'; by: number },
): ChatChanges {
  if (act === 'post') return server.post(aUserId(by), `text ${server.revision()}`);
  if (act === 'reply') return server.reply(by, aUserId(by % 3), `reply ${server.revision()}`);
  if (act === 'edit') return server.edit(by, `edited ${server.revision()}`);
  return server.rename(`title ${server.revision()}`);
}

/** What the follower does, without its patience: a frame that fits is applied, beyond a gap the server is asked. */
function hear(device: ChatHistory, frame: ChatChanges, server: ChatModel): ChatHistory {
  return frame.from > device.revision
    ? applyChatChanges(device, server.changesSince(device.revision))
    : applyChatChanges(device, frame);
}

test('however the network drops, repeats, joins and reorders events, a caught-up device agrees with the server', () => {
  fc.assert(
    fc.property(
      fc.array(anAct, { maxLength: 12 }),
      fc.array(anAct, { minLength: 1, maxLength: 20 }),
      fc.array(fc.record({ event: fc.nat(40), joined: fc.boolean(), scrollsUp: fc.boolean(), trims: fc.nat(9) }), {
        maxLength: 50,
      }),
      (before, after, deliveries) => {
        const server = aChatModel();
        before.forEach((act) => perform(server, act));
        let device = opened(server);
        const log = after.map((act) => perform(server, act));
        for (const { event, joined, scrollsUp, trims } of deliveries) {
          if (scrollsUp && device.hasOlder) device = applyOlderPage(device, server.pageBefore(device.from, PAGE));
          if (trims === 0) device = trimmed(device, 2);
          const index = event % log.length;
          const [frame, next] = [log[index], log[index + 1]];
          if (frame) device = hear(device, joined && next ? inOneFrame(frame, next) : frame, server);
        }
        device = applyChatChanges(device, server.changesSince(device.revision));
        expect(device.messages).toEqual(server.messagesFrom(device.from));
        expect(device.revision).toBe(server.revision());
      },
    ),
    { numRuns: 1_000 },
  );
}, 30_000);

test('old news changes nothing, to the very object', () => {
  const server = aChatModel();
  const frame = server.post(aUserId(1), 'hello');
  const device = opened(server);
  expect(applyChatChanges(device, frame)).toBe(device);
});

test('an older page reaches down to the beginning and says so', () => {
  const server = aChatModel();
  for (let n = 0; n < 5; n += 1) server.post(aUserId(1), `${n}`);
  const device = applyOlderPage(opened(server), server.pageBefore(3, PAGE));
  expect(device.hasOlder).toBe(false);
  expect(device.messages.map((message) => message.position)).toEqual([1, 2, 3, 4, 5]);
});

test('a cursor told late does not move back', () => {
  const server = aChatModel();
  const device = applyCursors(opened(server), [{ userId: aUserId(1), readPosition: 4, deliveredPosition: 5 }]);
  const late = applyCursors(device, [{ userId: aUserId(1), readPosition: 3, deliveredPosition: 6 }]);
  expect(late.cursors.get(aUserId(1))).toMatchObject({ readPosition: 4, deliveredPosition: 6 });
  expect(applyCursors(late, [{ userId: aUserId(1), readPosition: 1, deliveredPosition: 1 }])).toBe(late);
});

test('what a cursor passed over is known from then on, also where a later word does not name it', () => {
  const passedOver = [{ from: 2, until: 3 }];
  const at = (position: number) => ({ userId: aUserId(1), readPosition: position, deliveredPosition: position });
  const device = applyCursors(opened(aChatModel()), [{ ...at(4), passedOver }]);
  expect(applyCursors(device, [at(5)]).cursors.get(aUserId(1))).toEqual({ ...at(5), passedOver });
});

test('a position is found where it is or would stand', () => {
  const server = aChatModel();
  for (let n = 0; n < 4; n += 1) server.post(aUserId(1), `${n}`);
  const messages = server.messagesFrom(2);
  expect([1, 2, 4, 9].map((position) => indexAt(messages, position))).toEqual([0, 0, 2, 3]);
});
