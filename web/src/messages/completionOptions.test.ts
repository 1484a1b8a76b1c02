import { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { expect, test } from 'vitest';
import { OPTIONS_MAX, personOptions, writtenAs } from './completionOptions.ts';

const user = (number: number, userName: string, displayName: string): User => ({
  id: UserId.parse(`0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e${String(number).padStart(4, '0')}`),
  userName,
  displayName,
});
const ada = user(1, 'countess', 'Ada Lovelace');
const grace = user(2, 'grace_h', 'Grace Hopper');
const input = { users: [ada, grace], me: grace.id, everyone: 'alle' };
const written = (query: string): string[] => personOptions({ ...input, query }).map(writtenAs);

test('others are offered by user name and by each part of their name, oneself never', () => {
  expect(written('')).toEqual(['@countess ', '@everyone ']);
  expect([written('cou'), written('ADA'), written('love'), written('grace')]).toEqual([
    ['@countess '],
    ['@countess '],
    ['@countess '],
    [],
  ]);
});

test('everyone is offered in any language, where they may be called', () => {
  expect([written('al'), written('every')]).toEqual([['@everyone '], ['@everyone ']]);
  expect(personOptions({ ...input, query: 'al', everyone: undefined })).toEqual([]);
});

test('of many only a few are offered, everyone among them', () => {
  const users = Array.from({ length: 30 }, (_, number) => user(number + 10, `user${number}`, 'Eve'));
  const options = personOptions({ ...input, users, query: 'e' });
  expect([options.length, options.at(-1)?.kind]).toEqual([OPTIONS_MAX, 'everyone']);
});
