import { expect, test } from 'vitest';
import { createPasswordHasher, createTurns } from './passwordHash.ts';

test('the right password matches and a wrong one does not', async () => {
  const passwords = createPasswordHasher();
  const stored = await passwords.hash('correct horse battery');
  expect(stored).toContain('$argon2id$v=19$m=19456,p=1,t=2$');
  expect(await passwords.matches(stored, 'correct horse battery')).toBe(true);
  expect(await passwords.matches(stored, 'correct horse batterx')).toBe(false);
});

test('a name that nobody has matches no password', async () => {
  expect(await createPasswordHasher().matches(undefined, 'nobody has this password')).toBe(false);
});

test('two are worked on at a time, some wait, and the rest are told to come back', async () => {
  const inTurn = createTurns(2, 3);
  const ends: Array<() => void> = [];
  let most = 0;
  let running = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  const five = Array.from({ length: 5 }, () => inTurn(work));
  await expect(inTurn(work)).rejects.toMatchObject({ code: 'busy' });
  for (let done = 0; done < 5; done += 1) {
    ends[done]?.();
    await five[done];
  }
  expect(most).toBe(2);
  await expect(inTurn(async () => 'free again')).resolves.toBe('free again');
});

test('whoever fails gives the turn on', async () => {
  const inTurn = createTurns(1, 5);
  const failing = inTurn(() => Promise.reject(new Error('no')));
  const next = inTurn(async () => 'done');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('done');
});
