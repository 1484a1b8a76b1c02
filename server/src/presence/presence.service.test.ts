import type { UserId } from '@dialog/shared/contract/values';
import type { Presence } from '@dialog/shared/presence';
import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { createOwnPages } from './presence.own.ts';
import type { Leases } from './presence.leases.ts';
import type { Chosen } from './presence.repository.ts';
import { createPresenceService } from './presence.service.ts';
import { createWatchings, type Sight, type Watcher } from './presence.watching.ts';

const now = () => new Date('2026-01-01T12:00:00.000Z');
const [alice, bob, carol] = [newId<UserId>(), newId<UserId>(), newId<UserId>()];
const all = (userIds: readonly UserId[]): Sight => new Map(userIds.map((userId) => [userId, { seesPresence: true }]));

let stop = (): void => undefined;
afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** Bob's page, at a server where everybody is there and each question of whom he may see is answered when a test says so. */
async function aPageOfBob() {
  const there = async (userIds: readonly UserId[]) => new Map(userIds.map((userId) => [userId, 'active' as const]));
  const leases: Leases = {
    renew: async () => undefined,
    put: (some) => there(some.map(({ userId }) => userId)),
    end: async () => new Map(),
    of: there,
  };
  const asked: ((sight: Sight | Error) => void)[] = [];
  const stored = new Map<UserId, Chosen>();
  const failed: unknown[] = [];
  const service = createPresenceService({
    leases,
    own: createOwnPages({ leases, chosenOf: async () => new Map(stored), now }),
    watchings: createWatchings({ now }),
    lastSeen: { note: () => 0 },
    storedOf: async () => new Map(),
    maySee: () =>
      new Promise((resolve, reject) => {
        asked.push((sight) => (sight instanceof Error ? reject(sight) : resolve(sight)));
      }),
    publish: () => undefined,
    becameVisible: async () => undefined,
    now,
    onError: (error) => void failed.push(error),
  });
  stop = service.stop;
  const told: Presence[] = [];
  const watcher: Watcher = { id: 'page', userId: bob, tell: (people) => void told.push(...people) };
  void service.reported({ userId: bob, socketId: 'page', isActive: true });
  await service.arrived({ userId: bob, socketId: 'page' });
  return { service, watcher, asked, told, stored, failed };
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

test('a choice that no node was told of takes effect with the next renewal of the lease', async () => {
  vi.useFakeTimers();
  const arriving = aPageOfBob();
  await vi.advanceTimersByTimeAsync(1_000);
  const { service, stored, failed } = await arriving;
  expect(await service.isVisible(bob)).toBe(true);
  stored.set(bob, { choice: 'invisible', until: null, revision: 7 });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(await service.isVisible(bob)).toBe(false);
  // A slow reader brings back no older one.
  stored.set(bob, { choice: 'automatic', until: null, revision: 6 });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(await service.isVisible(bob)).toBe(false);
  expect(failed).toEqual([]);
});

test('L6: a page of which it could not be asked anew whom it may see hides them, holds up no other, and is asked again', async () => {
  const { service, watcher, asked, told, failed } = await aPageOfBob();
  const toldElsewhere: Presence[] = [];
  const second = {
    ...watcher,
    id: 'second',
    tell: (people: readonly Presence[]) => void toldElsewhere.push(...people),
  };
  void service.reported({ userId: bob, socketId: 'second', isActive: true });
  await service.arrived({ userId: bob, socketId: 'second' });
  const watched = [service.watch(watcher, [alice, carol]), service.watch(second, [alice])];
  for (const answer of asked) answer(all([alice, carol]));
  await Promise.all(watched);
  const sure = { timeout: 3_000 };
  await expect.poll(() => [told.length, toldElsewhere.length], sure).toEqual([2, 1]);
  const rechecked = service.recheck([alice]);
  await expect.poll(() => asked.length).toBe(3);
  asked[2]?.(new Error('the database is away'));
  await expect.poll(() => asked.length).toBe(4);
  asked[3]?.(new Map());
  await rechecked;
  expect(failed).toHaveLength(1);
  await expect.poll(() => told.slice(2), sure).toEqual([{ userId: alice, state: 'offline' }]);
  await expect.poll(() => toldElsewhere.slice(1), sure).toEqual([{ userId: alice, state: 'offline' }]);
  const swept = service.sweep();
  await expect.poll(() => asked.length).toBe(5);
  asked[4]?.(all([alice, carol]));
  await swept;
  await expect.poll(() => told.at(-1), sure).toMatchObject({ userId: alice, state: 'online' });
});
