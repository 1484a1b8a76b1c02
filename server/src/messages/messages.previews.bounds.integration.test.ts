import type { ChatId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, post } from '../testing/conversation.ts';
import type { LoopbackSite } from '../testing/loopbackSite.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { previewed, previewsAsked, previewsSettled, readMessage } from '../testing/previewed.ts';
import { startStandInSite } from '../testing/standInSite.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
let site: LoopbackSite;
let canary: LoopbackSite;
let alice: Person;
let chatId: ChatId;

beforeAll(async () => {
  site = await startStandInSite();
  canary = await startStandInSite();
  app = await startTestApp({ config: { egressAllow: [site.pair] } });
  alice = await aUser(app);
  chatId = (await aGroup(alice)).chat.id;
});
afterAll(async () => {
  await app.stop();
  site.stop();
  canary.stop();
});

const timesAsked = (path: string) => site.heard.filter((one) => one.path === path).length;

test('a site that leads inside, one that fails, and one that is inside give none and are not asked', async () => {
  const texts = [
    `${site.url}/to/${encodeURIComponent(`${canary.url}/page/secret`)}`,
    `${site.url}/to/${encodeURIComponent('http://169.254.169.254/latest/meta-data/')}`,
    `${canary.url}/page/secret`,
    `${site.url}/broken`,
    'http://[::1]/ and http://10.0.0.1/',
  ];
  const ids = (await Promise.all(texts.map((text) => post(alice, { chatId, text })))).map(({ id }) => id);
  await previewsSettled(app);
  for (const id of ids) expect((await readMessage(alice, { chatId, id })).preview).toBeUndefined();
  expect(canary.heard).toEqual([]);
  expect(await app.app.db.rows('SELECT 1 FROM dead_letters')).toEqual([]);
});

test('code, what is covered and what stands between angle brackets is not looked up, and costs no row', async () => {
  for (const text of ['no address at all', '`$`', '||$||', '<$>', '```\n$\n```'])
    await post(alice, { chatId, text: text.replace('$', `${site.url}/page/quiet`) });
  expect(await previewsAsked(app)).toEqual([]);
  expect(timesAsked('/page/quiet')).toBe(0);
});

test('the database shows neither address nor page, in no table', async () => {
  const { id } = await post(alice, { chatId, text: `${site.url}/slow/confidential` });
  const rows = await previewsAsked(app);
  expect(rows.map(({ payload }) => Object.keys(JSON.parse(payload) as object))).toEqual([['chatId', 'messageId']]);
  await previewed(alice, { chatId, id });
  for (const [table, column] of [
    ['messages', 'preview'],
    ['link_previews', 'body'],
    ['preview_pictures', 'body'],
  ]) {
    const found = await app.app.db.rows<{ bytes: Buffer | null }>(`SELECT ${column} AS bytes FROM ${table}`);
    expect(found.length).toBeGreaterThan(0);
    for (const { bytes } of found)
      expect(bytes?.toString('latin1') ?? '').not.toMatch(/confidential|WEBP|127\.0\.0\.1/);
  }
});

test('beyond twenty a minute a person has no previews, and their messages go on', async () => {
  const strict = await startTestApp({ config: { egressAllow: [site.pair] }, limits: { preview: 2 } });
  const writer = await aUser(strict);
  const { chat } = await aGroup(writer);
  const texts = ['one', 'two', 'three'].map((title) => `${site.url}/page/${title}`);
  const posted = await Promise.all(texts.map((text) => post(writer, { chatId: chat.id, text })));
  const ids = posted.map(({ id }) => id);
  await previewsSettled(strict);
  const messages = await Promise.all(ids.map((id) => readMessage(writer, { chatId: chat.id, id })));
  expect(messages.filter(({ preview }) => preview)).toHaveLength(2);
  await strict.stop();
});

test('a server stopped between the commit and the fetch leaves the preview to the next one', async () => {
  const stopping = await startTestApp({ config: { egressAllow: [site.pair] } });
  const writer = await aUser(stopping);
  const { chat } = await aGroup(writer);
  const { id } = await post(writer, { chatId: chat.id, text: `${site.url}/slow/after-all` });
  await eventually(() => timesAsked('/slow/after-all') === 1);
  const next = await stopping.restart();
  expect(await previewed(writer, { chatId: chat.id, id }, next)).toMatchObject({ title: 'after-all' });
  expect(timesAsked('/slow/after-all')).toBe(2);
  await stopping.stop();
});
