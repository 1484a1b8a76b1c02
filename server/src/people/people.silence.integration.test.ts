import { chatRoutes } from '@dialog/shared/chats';
import { peopleRoutes } from '@dialog/shared/people';
import { userRoutes } from '@dialog/shared/users';
import { profileRoutes } from '@dialog/shared/users.profile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aGroup, aUser, Refused, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { isDirectoryOpen: true } });
});
afterAll(() => app.stop());

type Asking = (asker: Person) => Promise<unknown>;

/** The answer without what differs for everybody: who asked, and revisions. */
async function answerTo(asker: Person, asking: Asking): Promise<string> {
  const answer: unknown = await asking(asker).catch((refused: unknown) =>
    refused instanceof Refused ? refused.reply : Promise.reject(refused),
  );
  return JSON.stringify(answer).replaceAll(/"(from|revision|requestId)":[^,}]+/gu, '');
}

/** Bob, who blocks Ann and not Carol. */
async function aBlock() {
  const [ann, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  await bob.call(peopleRoutes.blockPerson, { params: { userId: ann.user.id } });
  return { ann, bob, carol };
}

test('a blocked member of a group is answered about the other as any member whom they do not know', async () => {
  const [ann, bob, carol, owner] = await Promise.all([aUser(app), aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [ann, bob, carol]);
  await bob.call(peopleRoutes.blockPerson, { params: { userId: ann.user.id } });
  const params = { chatId: chat.id };
  const userName = bob.userName;
  const userId = bob.user.id;
  const looks: readonly Asking[] = [
    (asker) => asker.call(chatRoutes.listMembers, { params, query: {} }),
    (asker) => asker.call(chatRoutes.findMembers, { params, query: { name: userName } }),
    (asker) => asker.call(userRoutes.findUser, { params: { userName } }),
    (asker) => asker.call(peopleRoutes.findPeople, { body: { name: userName } }),
    (asker) => asker.call(peopleRoutes.findPeople, { body: { name: userName.slice(0, -1) } }),
    (asker) => asker.call(profileRoutes.getProfile, { params: { userId } }),
  ];
  const acts: readonly Asking[] = [
    (asker) => asker.call(peopleRoutes.requestFriend, { body: { userName } }),
    (asker) => asker.call(peopleRoutes.requestFriend, { body: { userId } }),
    (asker) => asker.call(peopleRoutes.withdrawRequest, { params: { userId } }),
  ];
  for (const asking of looks) expect(await answerTo(carol, asking)).toContain(bob.user.id);
  // One after the other: what was asked for is taken back at the end.
  for (const asking of [...looks, ...acts]) expect(await answerTo(ann, asking)).toBe(await answerTo(carol, asking));
});

test('to a stranger whom they block somebody is as nobody by name, until the stranger has asked them by other ways', async () => {
  const { ann, bob } = await aBlock();
  const find: Asking = (asker) => asker.call(peopleRoutes.findPeople, { body: { name: bob.userName } });
  const ask: Asking = (asker) => asker.call(peopleRoutes.requestFriend, { body: { userName: bob.userName } });
  expect(await answerTo(ann, find)).not.toContain(bob.user.id);
  expect(await answerTo(ann, ask)).toContain('user-not-found');
  await ann.call(peopleRoutes.requestFriend, { body: { userId: bob.user.id } });
  expect(await answerTo(ann, find)).toContain(bob.user.id);
  expect(await answerTo(ann, ask)).not.toContain('user-not-found');
});
