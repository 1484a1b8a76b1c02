import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aMediaServer } from '../../testing/mediaServers.ts';
import type { MediaStatus } from './mediaHealth.ts';
import { createMediaPool } from './mediaPool.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface State {
  status: MediaStatus;
  awayForMs: number;
  load: number;
}

function aPool(...names: readonly string[]) {
  const states = names.map((): State => ({ status: 'ready', awayForMs: 0, load: 0 }));
  const pool = createMediaPool(
    states.map((state, index) =>
      aMediaServer({
        name: names[index] ?? '',
        status: () => state.status,
        awayForMs: () => state.awayForMs,
        load: async () => state.load,
      }),
    ),
  );
  return { pool, states, start: () => pool.start() };
}

test('a new call goes where the fewest people are, and those that began a moment ago count', async () => {
  const { pool, states, start } = aPool('one', 'other');
  Object.assign(states[0] ?? {}, { load: 2 });
  await start();
  expect(Array.from({ length: 6 }, () => pool.choose()?.name)).toEqual([
    'other',
    'other',
    'one',
    'other',
    'one',
    'other',
  ]);
  Object.assign(states[1] ?? {}, { load: 10 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(pool.choose()?.name).toBe('one');
  pool.stop();
});

test('a new call goes to none that is away, and calls are possible as long as one is there', () => {
  const { pool, states } = aPool('one', 'other');
  Object.assign(states[0] ?? {}, { status: 'down' });
  expect([pool.choose()?.name, pool.choose()?.name, pool.status()]).toEqual(['other', 'other', 'ready']);
  Object.assign(states[1] ?? {}, { status: 'starting' });
  expect([pool.choose(), pool.status()]).toEqual([null, 'starting']);
  Object.assign(states[1] ?? {}, { status: 'down' });
  expect(pool.status()).toBe('down');
});

test('a server is lost when it has been away for four seconds, or is none of ours any more', () => {
  const { pool, states } = aPool('one', 'other');
  Object.assign(states[0] ?? {}, { status: 'down', awayForMs: 3_999 });
  expect(pool.isLost('one')).toBe(false);
  Object.assign(states[0] ?? {}, { awayForMs: 4_000 });
  expect([pool.isLost('one'), pool.isLost('other'), pool.isLost('former'), pool.isLost(null)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test('a lone server is never lost, and holds the calls of all names', () => {
  const { pool, states } = aPool('main');
  Object.assign(states[0] ?? {}, { status: 'down', awayForMs: 3_600_000 });
  expect([pool.isLost('main'), pool.isLost('former'), pool.isLost(null)]).toEqual([false, false, false]);
  expect([pool.find('former')?.name, pool.find(null)?.name]).toEqual(['main', 'main']);
});

test('without any media server there is nothing to choose', () => {
  const { pool } = aPool();
  expect([pool.status(), pool.choose(), pool.find('main')]).toEqual(['down', null, null]);
});
