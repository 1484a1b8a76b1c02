import { chatRoutes } from '@dialog/shared/chats';
import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, pause, post } from '../testing/conversation.ts';
import { aUser } from '../testing/people.ts';
import { startPushedApp, type PushedApp } from '../testing/pushedApp.ts';
import type { PushDevice, PushServiceStandIn } from '../testing/pushService.ts';
import type { TestApp, TestNode } from '../testing/startTestApp.ts';

let pushed: PushedApp;
let app: TestApp;
let service: PushServiceStandIn;
let nodes: readonly TestNode[];
beforeAll(async () => {
  pushed = await startPushedApp();
  ({ app, service } = pushed);
  ({ nodes } = app);
});
afterAll(() => pushed.stop());

async function aCrowd() {
  const [writer, reader] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await writer.call(chatRoutes.createDirectChat, { body: { userId: reader.user.id } });
  const devices = [service.device(), service.device(), service.device()] as const;
  for (const device of devices) {
    await device.subscribe(reader);
  }
  return { writer, reader, chatId: chat.id, devices };
}

/** The positions that a device was told of, each as often as it was. */
function toldOn(device: PushDevice, positions: readonly number[]): number[] {
  const pushes = device.of('message');
  return positions.flatMap((position) =>
    pushes.flatMap((push) => (position > push.after && position <= push.position ? [position] : [])),
  );
}

async function postMany(
  from: number,
  count: number,
  say: (text: string, node: TestNode) => Promise<{ position: number }>,
) {
  const positions: number[] = [];
  const lanes = Array.from({ length: 10 }, async (_one, lane) => {
    for (let at = lane; at < count; at += 10) {
      const node = nodes[at % nodes.length] ?? app;
      positions.push((await say(`message ${from + at}`, node)).position);
    }
  });
  await Promise.all(lanes);
  return positions.toSorted((a, b) => a - b);
}

test('of 500 messages at two nodes each device is told of exactly what the rules say, and of none twice', async () => {
  const { writer, reader, chatId, devices } = await aCrowd();
  const say = (text: string, node: TestNode) => post(writer, { chatId, text }, node);
  const [openDevice, idle, closed] = devices;
  // One device looks, and reads what comes: nobody is told of these.
  const page = await reader.connect(nodes[1]);
  page.emit('watchChat', { chatId, isSeen: true });
  await pause(300);
  const looked = await postMany(0, 250, say);
  await reader.call(messageRoutes.markRead, { params: { chatId }, body: { position: looked.at(-1) ?? 0 } });
  await pause(1_500);
  for (const device of devices) expect(device.found).toEqual([]);

  // It turns away: from now on all three are told.
  page.emit('watchChat', { chatId, isSeen: false });
  await pause(300);
  const missed = await postMany(250, 250, say);
  const last = missed.at(-1) ?? 0;
  await eventually(
    () => devices.every((device) => device.of('message').some(({ position }) => position === last)),
    30_000,
  );
  await pause(2_500);
  for (const device of [openDevice, idle, closed]) {
    expect(toldOn(device, looked)).toEqual([]);
    expect(toldOn(device, missed)).toEqual(missed);
    // The newest of each push stands in it, and no push is of a message that another was.
    expect(new Set(device.of('message').map(({ position }) => position)).size).toBe(device.of('message').length);
  }
  // Many at once are told together.
  expect(closed.found.length).toBeLessThan(60);

  // Read on one: from all three it goes, once.
  await reader.call(messageRoutes.markRead, { params: { chatId }, body: { position: last } }, nodes[1]);
  await eventually(() => devices.every((device) => device.of('withdraw').length === 1));
  await pause(1_500);
  expect(devices.map((device) => device.of('withdraw').map(({ until }) => until))).toEqual([[last], [last], [last]]);
  page.close();
});

test('R8: what was posted to a server that died is pushed by the next one, once', async () => {
  const { writer, chatId, devices } = await aCrowd();
  // As if killed between the commit and all that follows: the rows are there, and nobody has taken them.
  await post(writer, { chatId, text: 'first' });
  await eventually(() => devices.every((device) => device.found.length === 1));
  await pause(1_200);
  const jobs = await app.app.db.rows<{ payload: string }>('SELECT payload FROM outbox WHERE topic = :topic', {
    topic: 'push.posted',
  });
  expect(jobs).toEqual([]);
  const said = await post(writer, { chatId, text: 'second' });
  await eventually(() => devices.every((device) => device.found.length === 2));
  // The job had been done, but its node died before it could say so: another node does it again.
  const payload = JSON.stringify({
    places: [{ chatId, thread: null, after: said.position - 1, until: said.position }],
  });
  await app.app.db.run(
    `INSERT INTO outbox (id, topic, payload, attempts, run_after) VALUES (UNHEX(REPLACE(UUID(), '-', '')), 'push.posted', :payload, 1, UTC_TIMESTAMP(3))`,
    { payload },
  );
  await pause(2_500);
  expect(await app.app.db.rows('SELECT 1 FROM outbox')).toEqual([]);
  expect(await app.app.db.rows('SELECT 1 FROM push_due')).toEqual([]);
  for (const device of devices) expect(device.found).toHaveLength(2);
});
