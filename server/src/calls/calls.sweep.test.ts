import type { CallParticipant } from '@dialog/shared/calls';
import type { CallWay } from '@dialog/shared/calls.values';
import type { CallId, ChatId, DeviceId, UserId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { MediaServer } from '../platform/livekit/livekit.ts';
import type { MediaStatus } from '../platform/livekit/mediaHealth.ts';
import { createMediaPool } from '../platform/livekit/mediaPool.ts';
import { aMediaServer } from '../testing/mediaServers.ts';
import { createConnected } from './calls.connected.ts';
import type { CallPeopleWatch } from './calls.people.ts';
import type { RunningCall } from './calls.repository.ts';
import type { CallLeases } from './direct/direct.leases.ts';
import { createCallSweep } from './calls.sweep.ts';

const LONG_EMPTY_MS = 20_000;
const RETURN_MS = 45_000;

const someone: CallParticipant = {
  userId: newId<UserId>(),
  deviceId: newId<DeviceId>(),
  joinedAt: '2026-11-23T12:00:00.000Z',
};

test('a call that nobody has been in for 20 s is over', async () => {
  const world = aWorld({ emptyForMs: LONG_EMPTY_MS });
  await world.sweep();
  expect(world.ended).toEqual([world.call.id]);
});

test.each([
  ['someone is in it', { participants: [someone] }],
  ['it is empty only for a moment', { emptyForMs: LONG_EMPTY_MS - 1 }],
  ['someone was let in just now', { isAwaited: true }],
  ['the media server is away, and nobody can be seen', { status: 'down' as const }],
  ['the media server has just come back, and everyone is on the way', { returnMs: 45_000 }],
])('a call goes on while %s', async (_why, state) => {
  const world = aWorld({ emptyForMs: LONG_EMPTY_MS, ...state });
  await world.sweep();
  expect(world.ended).toEqual([]);
});

test('rooms whose call has ended are deleted; rooms of others are not ours to touch', async () => {
  const world = aWorld({ rooms: ['ended-room', "somebody-else's"], endedRooms: ['ended-room'] });
  await world.sweep();
  expect(world.deleted).toEqual(['ended-room']);
});

test('a call whose media server died is moved, and nothing else is concluded about it', async () => {
  const others = [aMediaServer({ name: 'other' })];
  const world = aWorld({ emptyForMs: LONG_EMPTY_MS, status: 'down', others, isMoved: true });
  await world.sweep();
  expect(world.moved).toEqual([world.call.id]);
  expect(world.ended).toEqual([]);
});

test('a direct call ends without the media server', async () => {
  const world = aWorld({ way: 'direct', status: 'down', emptyForMs: LONG_EMPTY_MS });
  await world.sweep();
  expect(world.ended).toEqual([world.call.id]);
});

test.each([
  ['Redis is away, and nobody can be seen', null],
  ['Redis has just come back, and everyone says again that they are there', RETURN_MS - 1],
])('a direct call goes on while %s', async (_why, leasesKnownForMs) => {
  const world = aWorld({ way: 'direct', emptyForMs: LONG_EMPTY_MS, returnMs: RETURN_MS, leasesKnownForMs });
  await world.sweep();
  expect(world.ended).toEqual([]);
});

test('a media server that fails holds up nothing of the others', async () => {
  const failing = aMediaServer({ name: 'other', roomNames: () => Promise.reject(new Error('gone')) });
  const world = aWorld({ rooms: ['ended-room'], endedRooms: ['ended-room'], others: [failing] });
  await world.sweep();
  expect(world.deleted).toEqual(['ended-room']);
});

interface State {
  readonly participants?: readonly CallParticipant[];
  readonly emptyForMs?: number;
  readonly isAwaited?: boolean;
  readonly status?: MediaStatus;
  readonly returnMs?: number;
  readonly rooms?: readonly string[];
  readonly endedRooms?: readonly string[];
  readonly others?: readonly MediaServer[];
  readonly isMoved?: boolean;
  readonly way?: CallWay;
  /** For how long Redis has answered; null: it does not. */
  readonly leasesKnownForMs?: number | null;
}

function aWorld(state: State) {
  const call: RunningCall = {
    id: newId<CallId>(),
    chatId: newId<ChatId>(),
    roomName: 'room',
    mediaServer: state.way === 'direct' ? null : 'main',
    way: state.way ?? 'sfu',
    startedBy: newId<UserId>(),
    isVideo: true,
    startedAt: new Date(0),
    isAwaited: state.isAwaited ?? false,
  };
  const ended: CallId[] = [];
  const deleted: string[] = [];
  const moved: CallId[] = [];
  const main = aMediaServer({
    status: () => state.status ?? 'ready',
    roomNames: async () => state.rooms ?? [],
    async deleteRoom(room) {
      deleted.push(room);
    },
  });
  const people: CallPeopleWatch = {
    look: async () => state.participants ?? [],
    recent: async () => ({ participants: [...(state.participants ?? [])] }),
    entered: async () => ({ entries: [], admitted: [] }),
    stir() {},
    emptyForMs: () => state.emptyForMs ?? 0,
    forget() {},
    keepOnly() {},
    stop() {},
  };
  const pool = createMediaPool(state.others ? [main, ...state.others] : [main]);
  const { leasesKnownForMs = RETURN_MS } = state;
  const leases = { knownSince: () => leasesKnownForMs && performance.now() - leasesKnownForMs } as CallLeases;
  const { sweep } = createCallSweep({
    db: {} as Database,
    calls: { listRunning: async () => [call] },
    moves: { deadRooms: async () => [...(state.endedRooms ?? [])] },
    pool,
    connected: createConnected({ pool, leases }),
    placement: {
      async settle(found) {
        if (state.isMoved !== true) return found;
        moved.push(found.id);
        return { ...found, roomName: 'another room', mediaServer: 'other' };
      },
    },
    people,
    endCall: async ({ id }) => void ended.push(id),
    onError(error) {
      if (state.others === undefined) throw error;
    },
    returnMs: state.returnMs ?? 0,
  });
  return { call, ended, deleted, moved, sweep };
}
