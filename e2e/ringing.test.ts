import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeDirectChat } from './support/acts.ts';
import { tileOf, untilHeard } from './support/callScreens.ts';
import { messageOn } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { now, pressed, watchFor } from './support/clock.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

const RING = '[data-testid="ring"]';
const IN_CALL = '[data-call-stage]';

let world: World;
beforeAll(async () => {
  world = await startWorld({ nodes: 2, hasCalls: true });
});
afterEach(() => world?.everyoneLeaves());
afterAll(() => world?.close());

const url = (nth: number): string => world.nodes[nth]?.url ?? '';

/** Another device of somebody, at one of the nodes. */
async function signInAgain({ userName, password }: Guest, node: number): Promise<Page> {
  const page = await world.visit({ url: url(node) });
  const answer = await page.context().request.post('/api/auth/sign-in', {
    headers: { origin: url(node) },
    data: { userName, password, keep: 'cookie' },
  });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}`);
  await page.goto('/');
  await page.getByRole('listbox').first().waitFor();
  return page;
}

/** Whoever calls, at the first node, and who is called, at the second. */
async function aPair(one: string, other: string): Promise<{ caller: Guest; called: Guest; chatId: ChatId }> {
  const [caller, called] = await Promise.all([world.signUp(one), world.signUp(other, { url: url(1) })]);
  const chatId = await makeDirectChat(caller, called);
  await caller.page.goto(`/chat/${chatId}`);
  await called.page.goto('/');
  await called.page.getByRole('listbox').first().waitFor();
  return { caller, called, chatId };
}

/** From the header of the open chat, through the lobby. */
async function call({ page }: Guest, kind: 'voice' | 'video' = 'voice'): Promise<void> {
  await page.getByRole('button', { name: `Start ${kind} call` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start call' }).click();
}

/** Answers when. */
function leave({ page }: Guest): Promise<number> {
  return pressed(page.getByRole('toolbar').getByRole('button', { name: 'Leave call' }));
}

const rings = (page: Page, name: string) => page.getByTestId('ring').filter({ hasText: name });
/** What the open chat says of itself. */
const note = (page: Page, text: string) => page.getByRole('main').getByText(text);
const isInCall = async (page: Page): Promise<boolean> => (await page.locator(IN_CALL).count()) > 0;

test('a call rings on three devices of two nodes; both that answer at once are one, who is heard, and the others stop', async () => {
  const { caller: anna, called: bob } = await aPair('Anna', 'Bob');
  const devices = [bob.page, await signInAgain(bob, 0), await signInAgain(bob, 1)];
  const rang = await Promise.all(devices.map((page) => watchFor(page, { selector: RING, until: 'there' })));
  await anna.page.getByRole('button', { name: 'Start voice call' }).click();
  const startedAt = await pressed(anna.page.getByRole('dialog').getByRole('button', { name: 'Start call' }));
  for (const sight of rang) expect((await sight.at()) - startedAt).toBeLessThan(2_000);
  await anna.page.getByText('Ringing on 3 devices').waitFor();
  await rings(bob.page, 'Anna').getByText('Voice call', { exact: true }).waitFor();

  const stopped = await Promise.all(devices.map((page) => watchFor(page, { selector: RING, until: 'gone' })));
  const buttons = await Promise.all(
    devices.slice(0, 2).map((page) => page.getByRole('button', { name: 'Answer without video' }).elementHandle()),
  );
  const answeredAt = now();
  // Not as a mouse does it, which looks first whether it can: by then the other one has answered.
  await Promise.all(buttons.map((button) => button?.evaluate((element: HTMLElement) => element.click())));
  await until(async () => (await Promise.all(devices.map(isInCall))).some(Boolean), { what: 'an answer' });
  const inside = await Promise.all(devices.map(isInCall));
  for (const [nth, sight] of stopped.entries())
    if (inside[nth] !== true) expect((await sight.at()) - answeredAt).toBeLessThan(1_000);
  await untilHeard(anna, 1);
  await tileOf(anna.page, 'Bob').waitFor();
  expect((await Promise.all(devices.map(isInCall))).filter(Boolean)).toHaveLength(1);
});

test('a node is killed while it rings: the other ends it, and who was at the dead one learns how', async () => {
  const { caller: carl, called: dora } = await aPair('Carl', 'Dora');
  const safe = await signInAgain(dora, 0);
  await call(carl);
  await Promise.all([dora.page, safe].map((page) => rings(page, 'Carl').waitFor()));
  await world.nodes[1]?.kill();
  // The keys work wherever the focus is.
  await safe.getByRole('listbox').first().focus();
  await safe.keyboard.press('Alt+Shift+D');
  await rings(safe, 'Carl').waitFor({ state: 'detached' });
  await carl.page.getByText('Declined').waitFor();
  expect(await rings(dora.page, 'Carl').count()).toBe(1);
  await world.nodes[1]?.start();
  await rings(dora.page, 'Carl').waitFor({ state: 'detached', timeout: 20_000 });

  // Once more, within the same call; then whoever calls goes away, and nothing rings on.
  await carl.page.getByRole('button', { name: 'Call again' }).click();
  await Promise.all([dora.page, safe].map((page) => rings(page, 'Carl').waitFor()));
  const stopped = await Promise.all([dora.page, safe].map((page) => watchFor(page, { selector: RING, until: 'gone' })));
  const leftAt = await leave(carl);
  for (const sight of stopped) expect((await sight.at()) - leftAt).toBeLessThan(1_000);
});

test('calls declined with a message, missed, held and finished stand in the chat and in the history, with a way back', async () => {
  const { caller: emma, called: fritz, chatId } = await aPair('Emma', 'Fritz');
  const gustav = await world.signUp('Gustav');
  await gustav.page.goto(`/chat/${await makeDirectChat(gustav, emma)}`);
  await call(emma, 'video');
  await rings(fritz.page, 'Emma').getByRole('button', { name: 'Decline with a message' }).click();
  await fritz.page.getByRole('menuitem', { name: 'I’ll call you later.' }).click();
  await emma.page.getByText('Declined', { exact: true }).waitFor();
  await leave(emma);
  await messageOn(emma.page, 'I’ll call you later.').waitFor();
  await note(emma.page, 'Your call was declined').waitFor();

  // Called back from the note, and hung up before anybody answered.
  await fritz.page.goto(`/chat/${chatId}`);
  await note(fritz.page, 'You declined Emma’s call').waitFor();
  await fritz.page.getByRole('button', { name: 'Call back' }).click();
  await fritz.page.getByRole('dialog').getByRole('button', { name: 'Start call' }).click();
  await rings(emma.page, 'Fritz').waitFor();
  await leave(fritz);
  await rings(emma.page, 'Fritz').waitFor({ state: 'detached' });
  await note(emma.page, 'Missed call from Fritz').waitFor();

  // By name, from anywhere; answered with the keys.
  await fritz.page.goto('/');
  await fritz.page.getByRole('listbox').first().waitFor();
  await fritz.page.keyboard.press('Control+k');
  await fritz.page.getByRole('combobox').fill('Call Emma');
  await fritz.page.getByRole('option', { name: 'Call Emma' }).click();
  await fritz.page.getByRole('dialog').getByRole('button', { name: 'Start call' }).click();
  await rings(emma.page, 'Fritz').waitFor();
  await emma.page.keyboard.press('Alt+Shift+A');
  await untilHeard(fritz, 1);

  // Meanwhile somebody else calls: the first call is held, which Fritz is told, and taken up again.
  await call(gustav);
  await gustav.page.getByText('Busy in another call').waitFor();
  await rings(emma.page, 'Gustav').getByRole('button', { name: 'Hold and answer' }).click();
  await untilHeard(gustav, 1);
  await tileOf(fritz.page, 'Emma').getByText('Emma is speaking in another call.').first().waitFor();
  await untilHeard(fritz, 0);
  for (const guest of [emma, gustav]) await leave(guest);
  await emma.page.getByRole('button', { name: 'Resume' }).click();
  await untilHeard(fritz, 1);
  await leave(fritz);
  await leave(emma);

  for (const [page, expected] of [
    [
      emma.page,
      [/Gustav.*Incoming · Voice call/, /Fritz.*Incoming · Voice call/, /Missed · Video call/, /Declined · Video call/],
    ],
    [fritz.page, [/Outgoing · Voice call/, /Cancelled · Video call/, /You declined · Video call/]],
  ] as const) {
    await page.getByRole('button', { name: 'Calls' }).click();
    const rows = page.getByRole('main').getByRole('listitem');
    await expect
      .poll(() => rows.allTextContents(), { timeout: 10_000 })
      .toEqual(expected.map((text) => expect.stringMatching(text)));
  }
  await emma.page.getByRole('button', { name: 'Missed', exact: true }).click();
  await until(async () => (await emma.page.getByRole('main').getByRole('listitem').count()) === 1, { what: 'one' });
});
