import { createHash } from 'node:crypto';
import { chatRoutes, MEMBERS_PER_REQUEST_MAX } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, newSecret, toBytes } from '../platform/ids.ts';
import { eventually, pause } from '../testing/conversation.ts';
import { aUser, type ClientSocket, connectSocket } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

const PEOPLE = 240;
/** On each screen. */
const WATCHED = 60;
const FRAMES_A_SECOND_MAX = 5;

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

interface Somebody {
  readonly userId: UserId;
  readonly token: string;
}

/** Without the passwords that nobody here needs. */
async function aCrowd(): Promise<Somebody[]> {
  const people = Array.from({ length: PEOPLE }, () => ({ userId: newId<UserId>(), token: newSecret() }));
  const now = new Date();
  await one.app.db.run('INSERT INTO users (id, user_name, display_name, password_hash, created_at) VALUES :rows', {
    rows: people.map(({ userId }) => [toBytes(userId), `s_${userId.replaceAll('-', '').slice(-24)}`, 'S', '-', now]),
  });
  await one.app.db.run(
    'INSERT INTO sessions (id, user_id, token_hash, device, address, created_at, last_seen_at) VALUES :rows',
    {
      rows: people.map(({ userId, token }) => [
        ...[toBytes(newId()), toBytes(userId), createHash('sha256').update(token).digest()],
        ...['test', '127.0.0.1', now, now],
      ]),
    },
  );
  const owner = await aUser(one);
  const id = newId<ChatId>();
  const ids = people.map(({ userId }) => userId);
  await owner.call(chatRoutes.createGroup, { body: { id, title: 'All', memberIds: [] } });
  for (let from = 0; from < ids.length; from += MEMBERS_PER_REQUEST_MAX) {
    const userIds = ids.slice(from, from + MEMBERS_PER_REQUEST_MAX);
    await owner.call(chatRoutes.addMembers, { params: { chatId: id }, body: { userIds } });
  }
  return people;
}

/** A page of somebody's with some of the others on screen, and when it was told of them. */
class Screen {
  readonly toldAt: number[] = [];
  readonly online = new Set<UserId>();
  socket: ClientSocket | undefined;
  readonly who: Somebody;
  readonly watched: readonly UserId[];

  constructor(who: Somebody, watched: readonly UserId[]) {
    this.who = who;
    this.watched = watched;
  }

  async open(node: TestNode): Promise<void> {
    const socket = await connectSocket(node, this.who.token);
    this.socket = socket;
    this.online.clear();
    socket.on('presenceChanged', ({ people }) => {
      this.toldAt.push(performance.now());
      for (const { userId, state } of people)
        if (state === 'online') this.online.add(userId);
        else this.online.delete(userId);
    });
    socket.emit('reportActivity', { isActive: true });
    socket.emit('watchPeople', { userIds: [...this.watched] });
  }

  /** In any second. */
  get mostFramesInASecond(): number {
    return Math.max(
      0,
      ...this.toldAt.map((from) => this.toldAt.filter((at) => at >= from && at < from + 1_000).length),
    );
  }
}

test('R13: hundreds who lose their node and come to another at once are told at most five times a second, and all is right within seconds', async () => {
  const people = await aCrowd();
  const ids = people.map(({ userId }) => userId);
  const screens = people.map(
    (who, at) =>
      new Screen(
        who,
        Array.from({ length: WATCHED }, (_, step) => ids[(at + 1 + step) % PEOPLE] as UserId),
      ),
  );
  const allSeen = () => screens.every(({ online }) => online.size === WATCHED);
  await Promise.all(screens.map((screen) => screen.open(one)));
  await eventually(allSeen, 20_000);
  for (const screen of screens) screen.toldAt.length = 0;

  const began = performance.now();
  for (const { socket } of screens) socket?.close();
  await Promise.all(
    screens.map(async (screen, at) => {
      // As pages do: at a random moment of the first seconds.
      await pause((at % 20) * 100);
      await screen.open(other);
    }),
  );
  await eventually(allSeen, 20_000);
  const secondsUntilRight = (performance.now() - began) / 1_000;
  await pause(1_500);
  expect(Math.max(...screens.map(({ mostFramesInASecond }) => mostFramesInASecond))).toBeLessThanOrEqual(
    FRAMES_A_SECOND_MAX,
  );
  expect(secondsUntilRight).toBeLessThan(15);
  // When they were last there was written for many at once.
  const stored = await one.app.db.rows<{ seen: number }>(
    'SELECT COUNT(*) AS seen FROM last_seen WHERE user_id IN (:ids)',
    {
      ids: ids.map(toBytes),
    },
  );
  expect(stored[0]?.seen).toBe(PEOPLE);
  for (const { socket } of screens) socket?.close();
}, 90_000);
