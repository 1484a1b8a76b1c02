import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, postAs, textsInDatabase } from './support/acts.ts';
import { chatInList, composerOn, messageOn, untilState, write } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ keepsShell: true });
});
afterAll(() => world?.close());

async function pair(): Promise<{ ada: Guest; grace: Guest; chatId: Awaited<ReturnType<typeof makeDirectChat>> }> {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await composerOn(ada.page).waitFor();
  return { ada, grace, chatId };
}

test('what is written offline waits, outlives a reload, and is sent once when the network is back', async () => {
  const { ada, grace, chatId } = await pair();
  await write(ada.page, 'Before the tunnel');
  await messageOn(grace.page, 'Before the tunnel').waitFor();
  await untilTheAppIsKept(ada);

  await ada.context.setOffline(true);
  await write(ada.page, 'In the tunnel');
  await untilState(ada.page, 'In the tunnel', 'Waiting');
  await composerOn(ada.page).fill('A draft that');
  await ada.page.getByText('You are offline.').first().waitFor();
  await postAs(grace, chatId, 'Are you still there?');
  await new Promise((resolve) => setTimeout(resolve, 1_500));

  // The last key and the reload are one moment.
  await composerOn(ada.page).fill('A draft that goes on');
  await ada.page.reload();
  await messageOn(ada.page, 'Before the tunnel').waitFor();
  await untilState(ada.page, 'In the tunnel', 'Waiting');
  expect(await composerOn(ada.page).inputValue()).toBe('A draft that goes on');

  await ada.context.setOffline(false);
  await messageOn(ada.page, 'Are you still there?').waitFor();
  await messageOn(grace.page, 'In the tunnel').waitFor();
  await untilState(ada.page, 'In the tunnel', 'Read');
  expect(await textsInDatabase(grace, chatId)).toEqual(['Before the tunnel', 'Are you still there?', 'In the tunnel']);
  expect(await composerOn(ada.page).inputValue()).toBe('A draft that goes on');
});

test('the last chats are readable without a network', async () => {
  const { ada, grace, chatId } = await pair();
  await postAs(grace, chatId, 'To read on the train');
  await messageOn(ada.page, 'To read on the train').waitFor();
  await untilTheAppIsKept(ada);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await ada.context.setOffline(true);
  await ada.page.goto('/');
  await chatInList(ada.page, 'Grace').click();
  await messageOn(ada.page, 'To read on the train').waitFor();
});

/** The service worker has the app once it controls the page. */
async function untilTheAppIsKept({ page }: Guest): Promise<void> {
  await until(() => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state === 'activated'), {
    what: 'the service worker',
  });
}
