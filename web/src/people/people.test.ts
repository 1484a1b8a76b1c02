import type { PersonChanges } from '@dialog/shared/chats';
import { expect, test } from 'vitest';
import { ApiError, type Call } from '../platform/api.ts';
import { aUserId } from '../testing/ids.ts';
import { createPeople } from './people.ts';

/** A server that answers when told to. */
function aServer() {
  const asked: { answer(): void; refuse(): void }[] = [];
  const learned: unknown[] = [];
  const call = (() =>
    new Promise<unknown>((resolve, reject) => {
      asked.push({ answer: () => resolve({ revision: 1 }), refuse: () => reject(new ApiError('offline')) });
    })) as Call;
  const people = createPeople({ call, chats: { learnPerson: (changes: PersonChanges) => void learned.push(changes) } });
  return { people, asked, learned };
}

test('what is pressed twice is sent once, and both presses hear how it ended', async () => {
  const { people, asked, learned } = aServer();
  const presses = [people.accept(aUserId(1)), people.accept(aUserId(1))];
  expect(asked).toHaveLength(1);
  asked[0]?.answer();
  await Promise.all(presses);
  expect(learned).toHaveLength(1);
});

test('acts about two people, and two acts about one, do not wait for each other', () => {
  const { people, asked } = aServer();
  void people.request({ userId: aUserId(1) });
  void people.request({ userId: aUserId(2) });
  void people.block(aUserId(1));
  expect(asked).toHaveLength(3);
});

test('what failed may be tried again', async () => {
  const { people, asked } = aServer();
  const press = people.unblock(aUserId(1));
  asked[0]?.refuse();
  await expect(press).rejects.toThrow();
  void people.unblock(aUserId(1));
  expect(asked).toHaveLength(2);
});
