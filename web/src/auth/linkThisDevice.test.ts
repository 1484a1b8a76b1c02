import { expect, test, vi } from 'vitest';
import { ApiError, type Call } from '../platform/api.ts';
import { createLinkThisDevice } from './linkThisDevice.ts';

type Answer = 'waiting' | 'signed-in' | ApiError;

function aScreen(answers: Answer[], { isVisible = true } = {}) {
  let now = 0;
  const waiting: Array<{ readonly at: number; readonly run: () => void }> = [];
  const asked: string[] = [];
  const entered: unknown[] = [];
  const call = (async (route: { path: string }) => {
    asked.push(route.path);
    if (route.path === '/auth/links')
      return { linkId: 'id', code: `code${asked.length}`, shortCode: 'ABCDE12345', secret: 's', secondsLeft: 60 };
    const answer = answers.shift() ?? 'waiting';
    if (answer instanceof ApiError) throw answer;
    return answer === 'waiting' ? { state: 'waiting' } : { state: 'signed-in', user: {}, sessionId: 'x' };
  }) as unknown as Call;
  const screen = createLinkThisDevice({
    call,
    clock: {
      now: () => now,
      after(delayMs, run) {
        const timer = { at: now + delayMs, run };
        waiting.push(timer);
        return () => void waiting.splice(waiting.indexOf(timer), 1);
      },
    },
    origin: 'https://chat.example.org',
    isVisible: () => isVisible,
    onSignedIn: (signedIn) => entered.push(signedIn),
  });
  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      now += 1_000;
      for (const { run } of waiting.splice(0)) run();
      await vi.waitFor(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  return { screen, asked, entered, pass, codes: () => asked.filter((path) => path === '/auth/links').length };
}

const over = () => new ApiError('link-over');

test('the code is shown with its time, and whoever is let in is signed in within two seconds', async () => {
  const { screen, entered, pass } = aScreen(['waiting', 'signed-in']);
  screen.begin();
  await pass(0);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(screen.store.getState()).toEqual({
    kind: 'shown',
    url: 'https://chat.example.org/link#code1',
    shortCode: 'ABCDE12345',
    secondsLeft: 60,
  });
  await pass(1);
  expect(screen.store.getState()).toMatchObject({ secondsLeft: 59 });
  await pass(1);
  expect(entered).toHaveLength(1);
});

test('a code that ran out is followed by a new one, five in all and only while somebody looks', async () => {
  const seen = aScreen(Array.from({ length: 9 }, over));
  seen.screen.begin();
  await seen.pass(20);
  expect(seen.codes()).toBe(5);
  expect(seen.screen.store.getState()).toEqual({ kind: 'rested', failure: undefined });
  seen.screen.begin();
  await seen.pass(1);
  expect(seen.codes()).toBeGreaterThan(5);

  const unseen = aScreen([over()], { isVisible: false });
  unseen.screen.begin();
  await unseen.pass(3);
  expect(unseen.codes()).toBe(1);
  expect(unseen.screen.store.getState()).toEqual({ kind: 'rested', failure: undefined });
});

test('a refusal is said and not asked again', async () => {
  const refused = new ApiError('link-refused');
  const { screen, pass, codes } = aScreen([refused]);
  screen.begin();
  await pass(5);
  expect(screen.store.getState()).toEqual({ kind: 'rested', failure: refused });
  expect(codes()).toBe(1);
});

test('who has left the screen asks no more', async () => {
  const { screen, asked, pass } = aScreen([]);
  screen.begin();
  await pass(2);
  screen.stop();
  const before = asked.length;
  await pass(3);
  expect(asked).toHaveLength(before);
});
