import { expect, test } from 'vitest';
import { createUpdating } from './updating.ts';

/** Locks of one browser: held until what they wait for is over. */
function someLocks() {
  const held = new Set<{ name: string }>();
  return {
    async request(name: string, _options: unknown, work: () => Promise<void>) {
      const lock = { name };
      held.add(lock);
      await work();
      held.delete(lock);
    },
    query: async () => ({ held: [...held] }),
  } as unknown as LockManager;
}

/** A tab, and how something in it begins and ends. */
function aTab(locks: LockManager) {
  const taken: string[] = [];
  let isGoingOn = false;
  let tell: () => void = () => undefined;
  const updating = createUpdating({ locks, takeUpdate: () => taken.push('taken') });
  const stop = updating.follow([
    {
      isBusy: () => isGoingOn,
      subscribe(hear) {
        tell = hear;
        return () => undefined;
      },
    },
  ]);
  return {
    updating,
    taken,
    stop,
    async becomes(isBusy: boolean) {
      isGoingOn = isBusy;
      tell();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

test('with nobody in a call the new build is taken', async () => {
  const locks = someLocks();
  const [here, there] = [aTab(locks), aTab(locks)];
  await here.updating.take();
  expect([here.taken, there.taken]).toEqual([['taken'], []]);
});

test('a call here or in another tab holds it back until it is over', async () => {
  const locks = someLocks();
  const [here, there] = [aTab(locks), aTab(locks)];
  for (const tab of [here, there]) {
    await tab.becomes(true);
    await here.updating.take();
    expect(here.updating.store.getState().kind).toBe('busy');
    await tab.becomes(false);
  }
  expect(here.taken).toEqual([]);
  await here.updating.take();
  expect(here.taken).toEqual(['taken']);
});

test('a tab that is left holds nothing back', async () => {
  const locks = someLocks();
  const [here, there] = [aTab(locks), aTab(locks)];
  await there.becomes(true);
  there.stop();
  await there.becomes(true);
  await here.updating.take();
  expect(here.taken).toEqual(['taken']);
});
