import { callRoutes } from '@dialog/shared/calls';
import type { CallId, DeviceId, UserId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { createMediaPool } from '../platform/livekit/mediaPool.ts';
import { joinCall, startCall, twoPeople } from '../testing/directCalls.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';
import { createCallAsking } from './calls.asking.ts';
import { createCallPeople } from './calls.people.ts';
import { callRepository as calls } from './calls.repository.ts';
import { createCallSweep } from './calls.sweep.ts';
import { identityOf } from './identity.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ livekit: null });
});
afterAll(() => app.stop());

test('however many calls go on, a sweep asks for all of them together, and finds each with its own people', async () => {
  const going = await Promise.all(Array.from({ length: 12 }, aCall));
  const [over, ...lively] = going;
  if (!over) throw new Error('no call');
  await over.caller.call(callRoutes.leaveCall, { params: { callId: over.callId }, body: { deviceId: over.deviceId } });
  const { sweep, asked, inside } = aNode(going);
  await sweep();
  expect(inside).toEqual(new Map(lively.map(({ callId, userId }) => [callId, [userId]])));
  asked.length = 0;
  await sweep();
  // Which go on; how the first one stands; and how all the others do.
  expect(asked.length).toBeLessThanOrEqual(3);
});

/** Somebody waits in it alone. */
async function aCall() {
  const { alice, chatId } = await twoPeople(app);
  const callId = await startCall(alice, chatId);
  const deviceId = newId<DeviceId>();
  await joinCall(alice, callId, deviceId);
  return { caller: alice, userId: alice.user.id, callId, deviceId };
}

/** One more beside the app's own: it sees everybody in their calls, and writes down what it asks the database. */
function aNode(going: readonly Awaited<ReturnType<typeof aCall>>[]) {
  const asked: string[] = [];
  const inside = new Map<CallId, readonly UserId[]>();
  const db: Database = {
    ...app.app.db,
    rows(sql, values) {
      asked.push(sql);
      return app.app.db.rows(sql, values);
    },
  };
  const connected = {
    in: async ({ id }: { readonly id: CallId }) =>
      going
        .filter(({ callId }) => callId === id)
        .map((one) => ({ identity: identityOf(one), entryId: null, joinedAt: null })),
    ...{ remove: async () => {}, cut: async () => {}, knownSince: () => 0 },
  };
  const onError = (error: unknown): void => {
    throw error;
  };
  const people = createCallPeople({
    ...{ db, calls, connected, onError },
    ask: createCallAsking({ db, calls, invisibleAmong: async () => new Set() }),
    bus: { publish() {}, on() {} },
    ...{ tellEntries() {}, tellPerson() {}, joined: async () => {} },
    tellChat: (_chat, { callId, participants }) =>
      void inside.set(
        callId,
        participants.map(({ userId }) => userId),
      ),
  });
  const { sweep } = createCallSweep({
    ...{ db, calls, connected, people, onError },
    pool: createMediaPool([]),
    moves: { deadRooms: async () => [] },
    placement: { settle: async (call) => call },
    endCall: async () => {},
  });
  return { sweep, asked, inside };
}
