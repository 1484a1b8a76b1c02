import type { ChatId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, textsInDatabase } from './support/acts.ts';
import { composerOn, messageOn, untilState, write } from './support/chatScreens.ts';
import { freePort, until } from './support/children.ts';
import { connectTo } from './support/services.ts';
import { type TcpProxy, tcpProxy } from './support/tcpProxy.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
/** Between Ada's browser and the server. */
let wire: TcpProxy;
let ada: Guest;
let grace: Guest;
let chatId: ChatId;

beforeAll(async () => {
  const port = await freePort();
  wire = await tcpProxy({ host: '127.0.0.1', port });
  const origin = `http://127.0.0.1:${wire.port}`;
  world = await startWorld({ port, origins: [origin] });
  [ada, grace] = [await world.signUp('Ada', { url: origin }), await world.signUp('Grace')];
  chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await composerOn(ada.page).waitFor();
});
afterAll(async () => {
  await world?.close();
  await wire?.close();
});

async function storedMessages(): Promise<number> {
  const connection = await connectTo(world.databaseUrl);
  const [rows] = await connection.query("SELECT COUNT(*) AS stored FROM messages WHERE kind = 'text'");
  await connection.end();
  return (rows as { stored: number }[])[0]?.stored ?? 0;
}

async function restart(): Promise<void> {
  await world.nodes[0]?.kill();
  wire.heal();
  wire.cut();
  await world.nodes[0]?.start();
}

async function isThereOnce(text: string): Promise<void> {
  await untilState(ada.page, text, 'Read');
  await messageOn(grace.page, text).waitFor();
  for (const { page } of [ada, grace]) expect(await messageOn(page, text).count()).toBe(1);
  expect((await textsInDatabase(grace, chatId)).filter((each) => each === text)).toEqual([text]);
}

test('kill -9 after the commit and before the answer: the message is there once', async () => {
  wire.holdAnswers();
  const before = await storedMessages();
  await write(ada.page, 'Committed, not answered');
  await until(async () => (await storedMessages()) === before + 1, { what: 'the commit' });
  await restart();
  await isThereOnce('Committed, not answered');
});

test('kill -9 before the commit: the message is there once', async () => {
  world.nodes[0]?.pause();
  await write(ada.page, 'Neither committed nor answered');
  await untilState(ada.page, 'Neither committed nor answered', 'Waiting');
  await restart();
  await isThereOnce('Neither committed nor answered');
});

test('kill -9 at ten other moments while writing: each message is there once, in order', async () => {
  const written: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const text = `Round ${round}`;
    written.push(text);
    await write(ada.page, text);
    await new Promise((resolve) => setTimeout(resolve, round * 5));
    await restart();
    await composerOn(ada.page).waitFor();
  }
  await untilState(ada.page, 'Round 9', 'Read');
  const stored = await textsInDatabase(grace, chatId);
  expect(stored.filter((text) => text.startsWith('Round'))).toEqual(written);
});
