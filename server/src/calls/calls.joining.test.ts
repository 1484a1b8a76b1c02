import type { CallId, ChatId, DeviceId, SessionId, UserId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import type { Database, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { createMediaPool } from '../platform/livekit/mediaPool.ts';
import { aMediaServer } from '../testing/mediaServers.ts';
import type { CallPeopleWatch } from './calls.people.ts';
import { callMovesRepository } from './calls.moves.repository.ts';
import { createCallPlacement } from './calls.placement.ts';
import { callRepository } from './calls.repository.ts';
import { createCallService } from './calls.service.ts';

/** A call that goes on, in a database whose transactions are kept or undone as a whole. */
function aWorld() {
  const kept: string[] = [];
  const withinOf = new Map<Tx, string[]>();
  const outside = { name: 'outside' } as unknown as Database;
  const note = (tx: Tx, what: string): void => void (withinOf.get(tx) ?? kept).push(what);
  const db = Object.assign(outside, {
    async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      const tx = {} as Tx;
      const within: string[] = [];
      withinOf.set(tx, within);
      const result = await work(tx);
      kept.push(...within);
      return result;
    },
  });
  const call = {
    ...{ id: newId<CallId>(), chatId: newId<ChatId>(), startedBy: newId<UserId>() },
    ...{ way: 'sfu' as const, roomName: 'room', mediaServer: 'main', startedAt: new Date(), displayName: 'Ann' },
  };
  let breaks = false;
  const pool = createMediaPool([aMediaServer()]);
  const service = createCallService({
    db,
    calls: {
      ...callRepository,
      findAsMember: async () => call,
      isRemoved: async () => false,
      admit: async (tx) => note(tx, 'admitted'),
    },
    chats: {} as never,
    pool,
    placement: createCallPlacement({
      db,
      calls: callRepository,
      moves: callMovesRepository,
      pool,
      onError: () => undefined,
    }),
    people: {} as CallPeopleWatch,
    ...{ connected: {} as never, direct: {} as never },
    requireMayCall: async () => undefined,
    addJob: async () => undefined,
    kickJobs: () => undefined,
    now: () => new Date(),
    onError: () => undefined,
    follow: {
      started: async () => undefined,
      ended: async () => undefined,
      async joined(tx) {
        note(tx, 'other devices ring no longer');
        if (breaks) throw new Error('the connection is gone');
      },
    },
  });
  const caller = { userId: newId<UserId>(), sessionId: newId<SessionId>() };
  return {
    kept,
    join: () => service.joinCall(caller, { callId: call.id, deviceId: newId<DeviceId>() }),
    break: () => void (breaks = true),
  };
}

test('R8: who is let into a call has answered it, and who has answered it is let in', async () => {
  const world = aWorld();
  expect(await world.join()).toMatchObject({ token: 'token' });
  expect(world.kept).toEqual(['admitted', 'other devices ring no longer']);
});

test('R8: what breaks in between leaves neither', async () => {
  const world = aWorld();
  world.break();
  await expect(world.join()).rejects.toThrow('the connection is gone');
  expect(world.kept).toEqual([]);
});
