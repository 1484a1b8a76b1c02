import { chatRoutes, MEMBERS_FOUND_MAX } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

async function foundBy(person: Person, chatId: ChatId, name: string): Promise<string[]> {
  const { members } = await person.call(chatRoutes.findMembers, { params: { chatId }, query: { name } });
  return members.map(({ user }) => user.id);
}

test('a member is found by the beginning of either name, in any case, and nobody who has left or never came', async () => {
  const [alice, bob, carol, dave] = await Promise.all([aUser(app), aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob, carol]);
  expect(await foundBy(alice, chat.id, bob.userName)).toEqual([bob.user.id]);
  expect(await foundBy(bob, chat.id, carol.userName.toUpperCase())).toEqual([carol.user.id]);
  expect(await foundBy(alice, chat.id, bob.user.displayName.slice(0, 3).toLowerCase())).toContain(bob.user.id);
  expect(await foundBy(alice, chat.id, dave.userName)).toEqual([]);
  await alice.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: carol.user.id } });
  expect(await foundBy(alice, chat.id, carol.userName)).toEqual([]);
  await expect(foundBy(carol, chat.id, bob.userName)).rejects.toThrow('chat-not-found');
});

test.each(['%', '_', '!', '\\', "'", 'Ä', '😀', '%a'])('"%s" is letters, not a pattern', async (name) => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  expect(await foundBy(alice, chat.id, name)).toEqual([]);
});

test('of many only the first few are told', async () => {
  const alice = await aUser(app);
  const others = await Promise.all(Array.from({ length: MEMBERS_FOUND_MAX + 3 }, () => aUser(app)));
  const { chat } = await aGroup(alice, others);
  const [first = ''] = alice.userName;
  expect(await foundBy(alice, chat.id, first)).toHaveLength(MEMBERS_FOUND_MAX);
});
