import type { CallId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually, pause } from '../testing/conversation.ts';
import { SETTLED_MS, startPushedApp, type PushedApp } from '../testing/pushedApp.ts';

let pushed: PushedApp;
beforeAll(async () => {
  pushed = await startPushedApp();
});
afterAll(() => pushed.stop());

const isDone = async (topic: string) =>
  (await pushed.app.app.db.rows('SELECT 1 FROM outbox WHERE topic = :topic', { topic })).length === 0;

async function aCall() {
  const pair = await pushed.aPair();
  const second = pushed.service.device();
  await second.subscribe(pair.reader);
  const call = {
    ...{ callId: newId<CallId>(), chatId: pair.chatId },
    ...{ startedBy: pair.writer.user.id, startedAt: new Date().toISOString() },
  };
  /** Jobs come in no particular order, and late where a node was slow. */
  const carryOut = async (job: object) => {
    await pushed.addJob('push.call', { ...call, ...job });
    await eventually(() => isDone('push.call'));
    await eventually(() => isDone('push.event'));
  };
  const kinds = () => [pair.device, second].map(({ found }) => found.map(({ payload }) => payload.kind));
  return { ...pair, carryOut, kinds };
}

test('a call that was answered or declined before it is to ring does not ring', async () => {
  const { reader, carryOut, kinds } = await aCall();
  await carryOut({ what: 'answered', userId: reader.user.id });
  await carryOut({ what: 'started' });
  await pause(SETTLED_MS);
  expect(kinds()).toEqual([[], []]);
  // It was not missed either.
  await carryOut({ what: 'ended' });
  await pause(SETTLED_MS);
  expect(kinds()).toEqual([[], []]);
});

test('a call that has ended before it is to ring does not ring, and was missed', async () => {
  const { carryOut, kinds } = await aCall();
  await carryOut({ what: 'ended' });
  await carryOut({ what: 'started' });
  await eventually(() => kinds().every(({ length }) => length > 0));
  await pause(SETTLED_MS);
  expect(kinds()).toEqual([['missedCall'], ['missedCall']]);
});
