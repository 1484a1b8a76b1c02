import { expect, test } from 'vitest';
import { createUpdating } from './updating.ts';

/** Tabs of one browser; time passes as soon as it is waited for. */
function aBrowser(busy: boolean[]) {
  const ears: ((note: unknown) => void)[] = [];
  const kept: number[] = [];
  const taken: number[] = [];
  const tabs = busy.map((isBusy, index) => {
    let own: ((note: unknown) => void) | undefined;
    const updating = createUpdating({
      openChannel: () => ({
        tell: (note) => ears.filter((ear) => ear !== own).forEach((ear) => ear(note)),
        hear(listener) {
          own = listener;
          ears.push(listener);
        },
        close: () => undefined,
      }),
      isBusy: () => busy[index] ?? false,
      keepDrafts: async () => void kept.push(index),
      takeUpdate: () => taken.push(index),
      clock: {
        now: () => 0,
        after(_delayMs, run) {
          queueMicrotask(run);
          return () => undefined;
        },
      },
    });
    updating.listen();
    return updating;
  });
  return { tabs, kept, taken };
}

test('with nobody in a call the new build is taken, after every tab has kept its drafts', async () => {
  const { tabs, kept, taken } = aBrowser([false, false, false]);
  await tabs[0]?.take();
  expect(new Set(kept)).toEqual(new Set([0, 1, 2]));
  expect(taken).toEqual([0]);
});

test('a call in another tab holds it back, and so does one here', async () => {
  for (const busy of [
    [false, true],
    [true, false],
  ]) {
    const { tabs, taken } = aBrowser(busy);
    await tabs[0]?.take();
    expect(tabs[0]?.store.getState().kind).toBe('busy');
    expect(taken).toEqual([]);
  }
});

test('once the call is over it can be taken', async () => {
  const busy = [false, true];
  const { tabs, taken } = aBrowser(busy);
  await tabs[0]?.take();
  expect(taken).toEqual([]);
  busy[1] = false;
  await tabs[0]?.take();
  expect(taken).toEqual([0]);
});
