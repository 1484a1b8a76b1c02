import { expect, test } from 'vitest';
import { createProfileActions } from '../profile.actions.ts';
import { statusSettled, typedOf } from './typed.ts';

const signIn = () =>
  createProfileActions(
    () => Promise.reject(new Error('nobody asks')),
    () => undefined,
  );

test('what was typed and not saved is there for who comes back, and not for who signs in after them', () => {
  const session = signIn();
  typedOf(session).setState({ names: { description: 'Reads maps.' } });
  expect(typedOf(session).getState()).toEqual({ names: { description: 'Reads maps.' }, status: { end: {} } });
  expect(typedOf(signIn()).getState().names).toEqual({});
});

test('a status that was set leaves nothing typed, but the words that were typed while it was being saved', () => {
  const typed = { text: 'Away', emoji: null, end: { until: 'day' } } as const;
  expect(statusSettled(typed, 'Away')).toEqual({ end: {} });
  expect(statusSettled({ ...typed, text: 'Away, and back soon' }, 'Away')).toEqual({
    text: 'Away, and back soon',
    end: {},
  });
});
