import type { ChatId } from '@dialog/shared/contract/values';
import { EVERYONE, mentionOf } from '@dialog/shared/mentions';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, makeDirectChat, makeGroupOf, postAs, textsInDatabase } from './support/acts.ts';
import { findings } from './support/pictures.ts';
import { chatInList, composerOn, messagesOn, write } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

interface Two {
  readonly ada: Guest;
  readonly grace: Guest;
  readonly chatId: ChatId;
}

async function twoInAGroup(): Promise<Two> {
  const [ada, grace] = [await world.signUp('Ada Lovelace'), await world.signUp('Grace')];
  const chatId = await makeGroupOf(ada, 'Engine room', [grace]);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  return { ada, grace, chatId };
}

function lastMessageOn(page: Page) {
  return messagesOn(page).last();
}

test('marks are seen by the other as what they mean, and a spoiler only once it is pressed', async () => {
  const { ada, grace } = await twoInAGroup();
  await write(ada.page, '**bold** *soft* ~~gone~~ `const a` and ||the gardener||');
  const message = lastMessageOn(grace.page);
  await message.locator('strong', { hasText: 'bold' }).waitFor();
  await message.locator('em', { hasText: 'soft' }).waitFor();
  await message.locator('s', { hasText: 'gone' }).waitFor();
  await message.locator('code', { hasText: 'const a' }).waitFor();
  expect(await message.getByText('the gardener').isVisible()).toBe(false);
  await chatInList(grace.page, 'Engine room').getByText('bold soft gone const a and [spoiler]').waitFor();
  await message.getByRole('button', { name: 'Hidden text: show it' }).press('Enter');
  await message.getByText('the gardener').waitFor();
  expect(await message.getByRole('button', { name: 'Hidden text: show it' }).count()).toBe(0);

  await composerOn(ada.page).fill('> asked\n1. one\n2. two\n```ts\nconst answer: number = 42;\n```');
  await composerOn(ada.page).press('Enter');
  await lastMessageOn(grace.page).locator('blockquote', { hasText: 'asked' }).waitFor();
  await lastMessageOn(grace.page).locator('ol > li', { hasText: 'two' }).waitFor();
  // Coloured by the grammar, in a worker, under the page's policy.
  await lastMessageOn(grace.page).locator('pre code span', { hasText: 'const' }).first().waitFor();
  expect(await lastMessageOn(grace.page).locator('pre').textContent()).toBe('const answer: number = 42;');
});

test('whatever looks like a page or a script stays harmless text', async () => {
  const { ada, grace } = await twoInAGroup();
  const heard: string[] = [];
  grace.page.on('dialog', (dialog) => {
    heard.push(dialog.message());
    void dialog.dismiss();
  });
  grace.page.on('pageerror', (error) => heard.push(error.message));
  const hostile = '<b>b</b> <img src=x onerror="alert(1)"> [press](javascript:alert(1)) **<script>alert(1)</script>**';
  await write(ada.page, hostile);
  await lastMessageOn(grace.page).locator('strong', { hasText: '<script>' }).waitFor();
  const message = lastMessageOn(grace.page);
  expect(await message.textContent()).toContain('<b>b</b> <img src=x onerror="alert(1)"> [press](javascript:alert(1))');
  expect(await message.locator('b, img, script, a').count()).toBe(0);
  await write(ada.page, '[the docs](https://example.org/docs) and [bank.example](https://thief.example)');
  const docs = lastMessageOn(grace.page).getByRole('link', { name: 'the docs' });
  await docs.waitFor();
  expect(await docs.getAttribute('href')).toBe('https://example.org/docs');
  expect(await docs.getAttribute('title')).toBe('https://example.org/docs');
  expect(await lastMessageOn(grace.page).textContent()).toContain('[bank.example](https://thief.example');
  expect(heard).toEqual([]);
});

test('someone picked by keyboard is named by id, and by name on every screen', async () => {
  const { ada, grace, chatId } = await twoInAGroup();
  const field = composerOn(grace.page);
  await field.pressSequentially('Hello @ada');
  const offers = grace.page.getByRole('listbox', { name: 'Suggestions' });
  await offers.getByRole('option', { name: /Ada Lovelace/, selected: true }).waitFor();
  expect(await field.getAttribute('aria-activedescendant')).toBeTruthy();
  await field.press('Tab');
  expect(await field.inputValue()).toBe(`Hello @${ada.userName} `);
  await field.pressSequentially('and @');
  await field.press('ArrowUp');
  await field.press('Enter');
  await field.press('Enter');
  await lastMessageOn(ada.page).locator('[data-me="true"]', { hasText: '@Ada Lovelace' }).waitFor();
  await lastMessageOn(ada.page).getByText('@everyone').waitFor();
  expect(await textsInDatabase(ada, chatId)).toEqual([`Hello ${mentionOf(await idOf(ada))} and <@everyone>`]);
  await chatInList(ada.page, 'Engine room').getByText('Hello @Ada Lovelace and @everyone').waitFor();

  await field.pressSequentially('@ad');
  await offers.waitFor();
  await offers.getByRole('option').click();
  await offers.waitFor({ state: 'detached' });
  expect(await field.inputValue()).toBe(`@${ada.userName} `);
  await field.pressSequentially('@ad');
  await offers.waitFor();
  await field.press('Escape');
  await offers.waitFor({ state: 'detached' });
  expect(grace.page.url()).toContain(chatId);
});

test('emoji are searched, picked, remembered, and written by their names', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await ada.page.getByRole('button', { name: 'Emoji' }).click();
  const picker = ada.page.getByRole('dialog', { name: 'Emoji' });
  await picker.getByRole('searchbox', { name: 'Search emoji' }).fill('party popper');
  await picker.getByText('🎉').first().click();
  await picker.waitFor({ state: 'detached' });
  expect(await composerOn(ada.page).inputValue()).toBe('🎉');
  await composerOn(ada.page).press('Enter');
  await lastMessageOn(grace.page).getByText('🎉').waitFor();

  const field = composerOn(ada.page);
  await field.pressSequentially('so :thumb');
  await ada.page.getByRole('option', { name: ':thumbsup:' }).waitFor();
  await field.press('Enter');
  await field.pressSequentially(' and :tada:');
  await until(async () => (await field.inputValue()) === 'so 👍 and 🎉', { what: 'the emoji for its name' });
  await field.press('ControlOrMeta+z');
  expect(await field.inputValue()).toBe('so 👍 and :tada:');
  await field.press('Enter');
  await lastMessageOn(grace.page).getByText('so 👍 and :tada:').waitFor();

  await ada.page.reload();
  await ada.page.getByRole('button', { name: 'Emoji' }).click();
  await picker.getByRole('region', { name: 'Used lately' }).getByText('👍').click();
  expect(await field.inputValue()).toContain('👍');
});

test('marks, offers and the picker have no barriers, in both themes', async () => {
  const { ada, grace, chatId } = await twoInAGroup();
  const me = mentionOf(await idOf(ada));
  await postAs(
    grace,
    chatId,
    `**Hi** ${me} and ${EVERYONE}: \`x\` ||y|| [docs](https://example.org/docs)\n> asked\n- a\n1. b`,
  );
  await postAs(ada, chatId, `Mine ${me} ${mentionOf(await idOf(grace))}: \`x\` ||y||\n> asked`);
  await postAs(grace, chatId, `\`\`\`ts\n${CODE}\n\`\`\``);
  await postAs(ada, chatId, `\`\`\`diff\n- a\n+ b\n@@ -1 +1 @@\n\`\`\``);
  await messagesOn(ada.page).locator('pre code span').first().waitFor();
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await ada.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await composerOn(ada.page).pressSequentially('@');
    await ada.page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
    found.push(...(await findings(ada.page)));
    await composerOn(ada.page).fill('');
    await ada.page.getByRole('button', { name: 'Emoji' }).click();
    await ada.page.getByText('Smileys & emotion', { exact: false }).waitFor();
    await ada.page.waitForTimeout(300);
    found.push(...(await findings(ada.page)));
    await ada.page.keyboard.press('Escape');
    await ada.page.getByRole('dialog', { name: 'Emoji' }).waitFor({ state: 'detached' });
  }
  expect(found).toEqual([]);
});

const CODE = [
  '// Greets',
  'export function greet(name: string, times = 2): string {',
  '  const words = `Hello, ${name}`; // https://example.org',
  '  return words.repeat(times) + /x/.source;',
  '}',
].join('\n');

test('keys set marks around what is selected and take them off again', async () => {
  const { ada } = await twoInAGroup();
  const field = composerOn(ada.page);
  await field.fill('word');
  await field.press('ControlOrMeta+a');
  await field.press('ControlOrMeta+b');
  await field.press('ControlOrMeta+i');
  expect(await field.inputValue()).toBe('***word***');
  await field.press('ControlOrMeta+i');
  await field.press('ControlOrMeta+b');
  expect(await field.inputValue()).toBe('word');
  await field.press('ControlOrMeta+Shift+x');
  await field.press('ControlOrMeta+e');
  expect(await field.inputValue()).toBe('~~`word`~~');
});
