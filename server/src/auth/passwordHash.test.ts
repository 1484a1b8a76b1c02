import { expect, test } from 'vitest';
import { createPasswordHasher } from './passwordHash.ts';

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
