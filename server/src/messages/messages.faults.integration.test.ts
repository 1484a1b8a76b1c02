import { messageRoutes } from '@dialog/shared/messages';
import type { MessageId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { aGroup, aUser } from '../testing/people.ts';
import { eventually, listen, pause, postOn } from '../testing/conversation.ts';
import { startTestApp, testServices, type TestApp } from '../testing/startTestApp.ts';
import { startTcpProxy, type TcpProxy } from '../testing/tcpProxy.ts';

let app: TestApp;
let database: TcpProxy;
let redis: TcpProxy;
beforeAll(async () => {
  const services = testServices();
  database = await startTcpProxy(services.databaseUrl);
  redis = await startTcpProxy(services.redisUrl);
  const throughProxy = (url: string) => Object.assign(new URL(url), { port: new URL(database.url).port }).href;
  app = await startTestApp({
    configOf: (_index, { databaseUrl }) => ({ databaseUrl: throughProxy(databaseUrl), redisUrl: redis.url }),
  });
});
afterAll(async () => {
  await app.stop();
  await Promise.all([database.stop(), redis.stop()]);
});

test.each(['cut', 'hang'] as const)(
  'L7: while the database is away (%s) every send is refused within 5 s as busy, and goes through when it is back',
  async (how) => {
    const alice = await aUser(app);
    const { chat } = await aGroup(alice);
    const socket = await alice.connect();
    await postOn(socket, { chatId: chat.id, text: 'before' });
    database[how]();
    const began = performance.now();
    const drafts = Array.from({ length: 40 }, (_, at) => ({
      chatId: chat.id,
      text: `message ${at}`,
      id: newId<MessageId>(),
    }));
    const outcomes = await Promise.allSettled(
      drafts.map(async (draft, at) => {
        await pause(at * 20);
        const sentAt = performance.now();
        await postOn(socket, draft).finally(() => expect(performance.now() - sentAt).toBeLessThan(5_500));
      }),
    );
    expect(performance.now() - began).toBeLessThan(7_000);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'busy' } });

    database.heal();
    const healedAt = performance.now();
    await eventually(
      () =>
        postOn(socket, { chatId: chat.id, text: 'after' }).then(
          () => true,
          () => false,
        ),
      5_000,
    );
    expect(performance.now() - healedAt).toBeLessThan(5_000);
    // What the outboxes retry is there once, in the order of sending.
    for (const draft of drafts) await postOn(socket, draft);
    const { history } = await alice.call(messageRoutes.openChat, { params: { chatId: chat.id } });
    const ids = history.messages.map((message) => message.id);
    expect(ids.filter((id) => drafts.some((draft) => draft.id === id))).toEqual(drafts.map((draft) => draft.id));
    socket.close();
  },
);

test('R12: more than 500 waiting sends are refused at once instead of late', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  const socket = await alice.connect();
  await postOn(socket, { chatId: chat.id, text: 'before' });
  database.hang();
  const began = performance.now();
  const waits: number[] = [];
  await Promise.allSettled(
    Array.from({ length: 700 }, (_, at) =>
      postOn(socket, { chatId: chat.id, text: String(at) }).finally(() => waits.push(performance.now() - began)),
    ),
  );
  expect(waits.filter((ms) => ms < 2_000).length).toBeGreaterThan(100);
  expect(Math.max(...waits)).toBeLessThan(6_500);
  database.heal();
  await eventually(() =>
    postOn(socket, { chatId: chat.id, text: 'after' }).then(
      () => true,
      () => false,
    ),
  );
  socket.close();
});

test.each(['cut', 'hang'] as const)(
  'fault 7: without Redis (%s) sends are acknowledged and told on the same node as ever',
  async (how) => {
    const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
    const { chat } = await aGroup(alice, [bob]);
    const [from, to] = await Promise.all([alice.connect(), bob.connect()]);
    const heard = listen(to);
    redis[how]();
    const waits: number[] = [];
    for (let at = 0; at < 30; at += 1) {
      const began = performance.now();
      const posted = await postOn(from, { chatId: chat.id, text: String(at) });
      waits.push(performance.now() - began);
      await eventually(() => JSON.stringify(heard).includes(posted.id), 1_000);
    }
    expect(Math.max(...waits)).toBeLessThan(1_000);
    redis.heal();
    for (const socket of [from, to]) socket.close();
  },
);
