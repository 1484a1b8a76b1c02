/**
 * Takes docs/picture.png of a running Dialog: `node scripts/house/picture.ts http://127.0.0.1:3000`.
 * Needs Chromium (PATH or CHROMIUM) and a server whose limits let five people sign up at once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ChatId, MessageId, type UserId } from '@dialog/shared/contract/values';
import { chromium, type Page } from 'playwright-core';
import * as z from 'zod/mini';
import { type ApiCaller, callApi } from '../../e2e/support/api.ts';

const url = process.argv[2] ?? 'http://127.0.0.1:3000';
const picture = fileURLToPath(new URL('../../docs/picture.png', import.meta.url));
const password = 'a boat, a jib and good bread';

interface Person extends ApiCaller {
  readonly id: UserId;
  readonly userName: string;
}

async function join(displayName: string): Promise<Person> {
  const userName = `${displayName.split(' ')[0]?.toLowerCase()}_${randomBytes(4).toString('hex')}`;
  const body = { userName, displayName, password, keep: 'bearer' } as const;
  const { user, token = '' } = await callApi({ url, token: '' }, 'signUp', { body });
  return { id: user.id, userName, token, url };
}

const say = (chatId: ChatId, person: Person, text: string) =>
  callApi(person, 'postMessage', { params: { chatId }, body: { id: z.parse(MessageId, randomUUID()), text } });

async function startGroup(owner: Person, title: string, members: readonly Person[]): Promise<ChatId> {
  const id = z.parse(ChatId, randomUUID());
  await callApi(owner, 'createGroup', { body: { id, title, memberIds: members.map((member) => member.id) } });
  return id;
}

async function startDirect(one: Person, other: Person): Promise<ChatId> {
  const { chat } = await callApi(one, 'createDirectChat', { body: { userId: other.id } });
  return chat.id;
}

/** @returns whose browser to look through, and the chat to open */
async function tellStory(): Promise<{ alice: Person; chatId: ChatId }> {
  const alice = await join('Alice Ahlgren');
  const bob = await join('Bob Okafor');
  const carol = await join('Carol Lindqvist');
  const david = await join('David Marchetti');

  const choir = await startGroup(david, 'Choir, Thursdays', [alice, carol]);
  await say(choir, carol, 'The hall is ours until ten.');
  await say(choir, david, 'Then we can do the Bruckner twice.');
  const direct = await startDirect(alice, david);
  await say(direct, alice, 'Did the tenors find their notes?');
  await say(direct, david, 'All but one. I drove him home.');
  const books = await startGroup(bob, 'Reading circle', [alice, david]);
  await say(books, bob, 'Chapter nine by Sunday?');
  const boat = await startGroup(alice, 'The boat', [bob, carol]);
  await say(boat, bob, 'The mooring is paid until Friday.');
  await say(boat, carol, 'Who has the key to the shed?');
  await say(boat, alice, 'I have it, and the spare one is under the third stone.');
  await say(boat, bob, 'Rain from noon, says the harbour office: https://weather.example/harbour');
  await say(boat, bob, 'Before that it is all blue.');
  await say(boat, alice, 'Then we go at eight. Coffee on board?');
  await say(boat, carol, 'Coffee on board. And somebody bring the good bread, please.');
  await say(
    boat,
    alice,
    'The jib needs two new eyelets; I measured 12 mm. Will somebody be near the chandler tomorrow?',
  );
  await say(boat, carol, 'I pass by at five.');
  return { alice, chatId: boat };
}

async function signIn(page: Page, { userName }: Person): Promise<void> {
  const body = { userName, password, keep: 'cookie' };
  const status = await page.evaluate(async (sent) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/auth/sign-in', { method: 'POST', headers, body: JSON.stringify(sent) });
    return answer.status;
  }, body);
  if (status !== 200) throw new Error(`sign-in: ${status}`);
}

const { alice, chatId } = await tellStory();
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(url);
  await signIn(page, alice);
  await page.goto(`${url}/chat/${chatId}`);
  await page.getByText('I pass by at five.').first().waitFor();
  // Read once, so that nothing is "new" in the picture.
  await page.waitForTimeout(1_500);
  await page.reload();
  await page.getByText('I pass by at five.').first().waitFor();
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
}
