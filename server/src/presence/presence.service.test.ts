import type { UserId } from '@dialog/shared/contract/values';
import type { Presence } from '@dialog/shared/presence';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { createOwnPages } from './presence.own.ts';
import type { Leases } from './presence.leases.ts';
import { createPresenceService } from './presence.service.ts';
import { createWatchings, type Sight, type Watcher } from './presence.watching.ts';

const now = () => new Date('2026-01-01T12:00:00.000Z');
const [alice, bob, carol] = [newId<UserId>(), newId<UserId>(), newId<UserId>()];
const all = (userIds: readonly UserId[]): Sight => new Map(userIds.map((userId) => [userId, { seesPresence: true }]));

let stop = (): void => undefined;
afterEach(() => stop());

/** Bob's page, at a server where everybody is there and each question of whom he may see is answered when a test says so. */
async function aPageOfBob() {
  const there = async (userIds: readonly UserId[]) => new Map(userIds.map((userId) => [userId, 'active' as const]));
  const leases: Leases = {
    renew: async () => undefined,
    put: (some) => there(some.map(({ userId }) => userId)),
    end: async () => new Map(),
    of: there,
  };
  const asked: ((sight: Sight) => void)[] = [];
  const service = createPresenceService({
    leases,
    own: createOwnPages({ leases, chosenOf: async () => new Map(), now }),
    watchings: createWatchings({ now }),
    lastSeen: { note: () => 0 },
    storedOf: async () => new Map(),
    maySee: () => new Promise((resolve) => asked.push(resolve)),
    publish: () => undefined,
    becameVisible: async () => undefined,
    now,
    onError: (error) => {
      throw error;
    },
  });
  stop = service.stop;
  const told: Presence[] = [];
  const watcher: Watcher = { id: 'page', userId: bob, tell: (people) => void told.push(...people) };
  void service.reported({ userId: bob, socketId: 'page', isActive: true });
  await service.arrived({ userId: bob, socketId: 'page' });
  return { service, watcher, asked, told };
}

test('R11: who blocks while it is asked whom a page may see is not shown by the answer that was on its way', async () => {
  const { service, watcher, asked, told } = await aPageOfBob();
  const watched = service.watch(watcher, [alice]);
  const rechecked = service.recheck([alice, bob]);
  asked[1]?.(new Map());
  asked[0]?.(all([alice]));
  await Promise.all([watched, rechecked]);
  expect(told.map(({ state }) => state)).not.toContain('online');
});

test('who scrolls while it is asked anew whom they may see watches those on the screen now', async () => {
  const { service, watcher, asked, told } = await aPageOfBob();
  const before = service.watch(watcher, [alice]);
  asked[0]?.(all([alice]));
  await before;
  const rechecked = service.recheck([alice]);
  const scrolled = service.watch(watcher, [carol]);
  asked[2]?.(all([carol]));
  await scrolled;
  asked[1]?.(all([alice]));
  await rechecked;
  told.length = 0;
  await service.sweep();
  service.heard([{ userId: carol, attendance: 'absent' }]);
  await expect.poll(() => told, { timeout: 3_000 }).toEqual([{ userId: carol, state: 'offline' }]);
});
