import type { PersonProfile } from '@dialog/shared/users';
import { expect, test } from 'vitest';
import { aUserId } from '../../testing/ids.ts';
import { namesChange, stillTyped } from './namesTyped.ts';

const ADA: PersonProfile = {
  user: { id: aUserId(1), userName: 'ada', displayName: 'Ada' },
  description: 'Reads maps.',
  status: null,
};

test('what was not touched is not sent, so that it does not undo what another device did', () => {
  expect(namesChange({ description: 'Reads books.' }, ADA)).toEqual({ description: 'Reads books.' });
  expect(namesChange({ displayName: 'Ada L.' }, ADA)).toEqual({ displayName: 'Ada L.' });
});

test('a text that was emptied is sent, and the same again with spaces about it is no change', () => {
  expect(namesChange({ description: '' }, ADA)).toEqual({ description: '' });
  expect(namesChange({ displayName: ' Ada ', description: 'Reads maps.' }, ADA)).toBeUndefined();
});

test('what was typed while it was being saved stays', () => {
  const saved = { displayName: 'Ada L.', description: 'Reads books.' };
  expect(stillTyped({ ...saved, description: 'Reads books, and maps.' }, saved)).toEqual({
    displayName: undefined,
    description: 'Reads books, and maps.',
  });
});
