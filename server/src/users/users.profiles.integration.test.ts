import { randomBytes } from 'node:crypto';
import { authRoutes } from '@dialog/shared/auth';
import { chatRoutes } from '@dialog/shared/chats';
import { messageRoutes } from '@dialog/shared/messages';
import { peopleRoutes } from '@dialog/shared/people';
import { type AvatarId, type PersonStatus, userRoutes } from '@dialog/shared/users';
import { avatarPath, profileRoutes } from '@dialog/shared/users.profile';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectDevice } from '../testing/device.ts';
import { toBytes } from '../platform/ids.ts';
import { eventually, listen, pause } from '../testing/conversation.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

// Each picture is opened by a process of its own, on machines that do much else.
vi.setConfig({ testTimeout: 60_000 });

const SECRET = 'taken at home, 48.2082 16.3738';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c85a14' } });

async function given(person: Person, file: Buffer): Promise<AvatarId> {
  const { profile } = await person.call(profileRoutes.setAvatar, { body: { picture: file.toString('base64') } });
  if (!profile?.user.avatarId) throw new Error('no picture');
  return profile.user.avatarId;
}

const get = (person: Person | undefined, id: AvatarId, etag?: string) =>
  fetch(`${other.url}${avatarPath(id, 'large')}`, {
    headers: {
      ...(person ? { authorization: `Bearer ${person.token}` } : {}),
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
    },
  });

const rename = (person: Person, displayName: string) =>
  person.call(profileRoutes.changeProfile, { body: { displayName } }, one);

const nameFree = () => `n${randomBytes(6).toString('hex')}`;

test('R1, R3: a new name and picture reach every chat as a change of the member, and the other side of a direct chat', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat: group } = await aGroup(alice, [bob]);
  const { chat: direct } = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const socket = await bob.connect(other);
  const inGroup = nextEvent(socket, 'chatChanged', ({ chatId, members }) => chatId === group.id && members.length > 0);
  const inDirect = nextEvent(
    socket,
    'chatChanged',
    ({ chatId, members }) => chatId === direct.id && members.length > 0,
  );
  await rename(alice, 'Alice the Second');
  for (const told of await Promise.all([inGroup, inDirect])) {
    expect(told.revision).toBe(told.from + 1);
    expect(told.messages).toEqual([]);
    expect(told.members).toMatchObject([{ user: { displayName: 'Alice the Second' }, revision: told.revision }]);
  }
  const { changes } = await bob.call(messageRoutes.syncChats, { body: { since: 0, known: [] } });
  expect(changes.chats.find(({ chat }) => chat.id === direct.id)?.peer?.displayName).toBe('Alice the Second');
  socket.close();
});

test('own devices learn at once, on all nodes, and nobody else hears of what was only said of oneself', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  await aGroup(alice, [bob]);
  const there = await connectDevice(alice, { node: other, isLost: () => false });
  const overheard = listen(await bob.connect(other));
  await alice.call(profileRoutes.changeProfile, { body: { description: ' Reads maps.\nAnd books. ' } }, one);
  await eventually(() => there.shown().profile?.description === 'Reads maps.\nAnd books.', 1_000);
  expect(await there.fresh()).toEqual(there.shown());
  await pause(300);
  expect(overheard).toEqual([]);
  there.socket.close();
});

test('quick changes of one person are told to a chat together, and running the job again tells nothing', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const revisionOf = async () =>
    (await bob.call(messageRoutes.openChat, { params: { chatId: chat.id } })).summary.revision;
  const before = await revisionOf();
  for (const name of ['A', 'B', 'C', 'D']) await rename(alice, name);
  const isTold = async () =>
    (
      await one.app.db.rows(
        `SELECT 1 FROM members m JOIN users u ON u.id = m.user_id
         WHERE u.id = :id AND m.profile_revision < u.profile_revision`,
        { id: toBytes(alice.user.id) },
      )
    ).length === 0;
  await vi.waitFor(async () => expect(await isTold()).toBe(true), 5_000);
  const after = await revisionOf();
  expect(after - before).toBeLessThanOrEqual(4);
  await one.app.db.run(
    `INSERT INTO outbox (id, topic, payload, attempts, run_after) VALUES (:id, 'chats.profileChanged', :payload, 0, :now)`,
    { id: randomBytes(16), payload: JSON.stringify({ userId: alice.user.id }), now: new Date() },
  );
  await vi.waitFor(
    async () => expect(await one.app.db.rows(`SELECT 1 FROM outbox WHERE topic = 'chats.profileChanged'`)).toEqual([]),
    5_000,
  );
  expect(await revisionOf()).toBe(after);
});

test('a picture is a square without where it was taken, for who is signed in only, and gone when replaced or removed', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const photograph = await plain(900, 600)
    .withExif({ IFD0: { Copyright: SECRET } })
    .jpeg()
    .toBuffer();
  const first = await given(alice, photograph);
  const answer = await get(bob, first);
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 });
  expect(bytes.includes(SECRET) || bytes.includes('EXIF')).toBe(false);
  const etag = answer.headers.get('etag') ?? '';
  expect((await get(bob, first, etag)).status).toBe(304);
  expect((await get(undefined, first)).status).toBe(401);

  const second = await given(alice, await plain(64, 64).png().toBuffer());
  expect((await get(bob, first, etag)).status).toBe(404);
  expect((await get(bob, second)).status).toBe(200);
  const sides = await one.app.db.rows<{ large: Buffer }>('SELECT large FROM avatars WHERE user_id = :id', {
    id: toBytes(alice.user.id),
  });
  expect(sides).toHaveLength(1);
  expect(sides[0]?.large.includes('WEBP')).toBe(false);

  const { profile } = await alice.call(profileRoutes.removeAvatar, {});
  expect(profile?.user).not.toHaveProperty('avatarId');
  expect((await get(alice, second)).status).toBe(404);
  expect((await alice.call(authRoutes.getMe, {})).user).not.toHaveProperty('avatarId');
});

test('bombs, drawings, other files and what is too large are refused, and the old picture stays; a moving one stands', async () => {
  const alice = await aUser(app);
  const kept = await given(alice, await plain(64, 64).png().toBuffer());
  const create = { width: 12_000, height: 12_000, channels: 3, background: 'white' } as const;
  const bomb = await sharp({ create, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const page = Buffer.from('<!doctype html><script>alert(1)</script>');
  for (const file of [bomb, svg, page, randomBytes(500)])
    await expect(given(alice, file)).rejects.toThrow('picture-refused');
  await expect(given(alice, randomBytes(730_000))).rejects.toThrow('invalid-request');
  await expect(given(alice, randomBytes(900_000))).rejects.toThrow('too-large');
  expect((await alice.call(authRoutes.getMe, {})).user.avatarId).toBe(kept);
  const frames = await sharp([await plain(40, 40).png().toBuffer(), await plain(40, 40).negate().png().toBuffer()], {
    join: { animated: true },
  })
    .gif()
    .toBuffer();
  const still = await get(alice, await given(alice, frames));
  expect((await sharp(Buffer.from(await still.arrayBuffer())).metadata()).pages ?? 1).toBe(1);
});

test('an old user name finds its person and is nobody else’s; a third change has to wait', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const [second, third] = [nameFree(), nameFree()];
  const change = (person: Person, userName: string) =>
    person.call(profileRoutes.changeUserName, { body: { userName } }, one);
  await expect(change(alice, bob.userName)).rejects.toThrow('user-name-taken');
  await change(alice, second);
  expect((await bob.call(userRoutes.findUser, { params: { userName: alice.userName } }, other)).id).toBe(alice.user.id);
  await expect(change(bob, alice.userName)).rejects.toThrow('user-name-taken');
  const body = {
    userName: alice.userName,
    displayName: 'Impostor',
    password: 'seven wet umbrellas',
    keep: 'bearer' as const,
  };
  const signUp = await fetch(`${other.url}/api/auth/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: other.url },
    body: JSON.stringify(body),
  });
  expect(signUp.status).toBe(409);
  await change(alice, alice.userName);
  await expect(change(alice, third)).rejects.toThrow('user-name-too-soon');
  await one.app.db.run('UPDATE user_name_changes SET changed_at = changed_at - INTERVAL 31 DAY WHERE user_id = :id', {
    id: toBytes(alice.user.id),
  });
  await change(bob, second);
  await change(alice, third);
  expect((await bob.call(userRoutes.findUser, { params: { userName: third } })).id).toBe(alice.user.id);
});

test('of two people who want one name at the same moment one gets it', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => aUser(app)));
  const userName = nameFree();
  const outcomes = await Promise.allSettled(
    people.map((person, at) => person.call(profileRoutes.changeUserName, { body: { userName } }, at % 2 ? one : other)),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ message: 'user-name-taken' });
});

test('a status is read by who may know the person, until its time, and lies sealed in the database with the description', async () => {
  const [alice, bob, stranger] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const set = (status: PersonStatus) => alice.call(profileRoutes.setStatus, { body: status }, one);
  const read = (reader: Person) => reader.call(profileRoutes.getProfile, { params: { userId: alice.user.id } }, other);
  await alice.call(profileRoutes.changeProfile, { body: { description: SECRET } });
  const until = new Date(Date.now() + 1_500).toISOString();
  await set({ text: SECRET, emoji: '🌴', until });
  expect(await read(bob)).toMatchObject({
    profile: { description: SECRET, status: { text: SECRET, emoji: '🌴', until } },
    commonChatIds: [chat.id],
  });
  await expect(read(stranger)).rejects.toThrow('user-not-found');
  const [row] = await one.app.db.rows<Record<'description' | 'status', Buffer>>(
    'SELECT description, status FROM users WHERE id = :id',
    { id: toBytes(alice.user.id) },
  );
  expect(Object.values(row ?? {}).some((sealed) => sealed.includes(SECRET) || sealed.includes('home'))).toBe(false);
  await pause(1_600);
  expect((await read(bob)).profile.status).toBeNull();
  await set({ text: 'For good' });
  expect((await read(bob)).profile.status).toEqual({ text: 'For good' });
  await set({ text: 'Past', until: new Date(Date.now() - 1_000).toISOString() });
  expect((await read(bob)).profile.status).toBeNull();
  expect((await alice.call(profileRoutes.removeStatus, {})).profile?.status).toBeNull();
});

test('to whom somebody blocks they are a fellow member who has written nothing about themselves', async () => {
  const [alice, bob, silent] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob, silent]);
  await alice.call(profileRoutes.changeProfile, { body: { description: SECRET } });
  await alice.call(profileRoutes.setStatus, { body: { text: SECRET } });
  await alice.call(peopleRoutes.blockPerson, { params: { userId: bob.user.id } });
  const read = ({ user }: Person) => bob.call(profileRoutes.getProfile, { params: { userId: user.id } }, other);
  const [blocking, ofWhoIsSilent] = await Promise.all([read(alice), read(silent)]);
  expect(blocking).toEqual({
    ...ofWhoIsSilent,
    profile: { ...ofWhoIsSilent.profile, user: expect.objectContaining({ id: alice.user.id }) },
  });
  expect(blocking.commonChatIds).toEqual([chat.id]);
});

test('what is no name, description or status is refused', async () => {
  const alice = await aUser(app);
  for (const body of [
    {},
    { displayName: ' ' },
    { displayName: 'x'.repeat(65) },
    { description: 'x'.repeat(501) },
    { displayName: 'a\u202eb' },
  ])
    await expect(alice.call(profileRoutes.changeProfile, { body })).rejects.toThrow('invalid-request');
  for (const status of [
    { text: '' },
    { text: 'x'.repeat(81) },
    { text: 'x', emoji: 'xx' },
    { text: 'x', until: 'later' },
  ])
    await expect(alice.call(profileRoutes.setStatus, { body: status })).rejects.toThrow('invalid-request');
});
