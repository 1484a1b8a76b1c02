import type { ChatChanges } from '@dialog/shared/chats';
import { ChatId, UserId } from '@dialog/shared/contract/values';
import { CustomEmojiId, type CustomEmoji } from '@dialog/shared/customEmoji';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { ApiError, type Call } from '../platform/api.ts';
import { createMemoryStorage } from '../platform/storage.ts';
import { createCustomEmojis } from './customEmoji.ts';

const chatId = ChatId.parse(uuidv7());

function anEmoji(name: string): CustomEmoji {
  return {
    id: CustomEmojiId.parse(uuidv7()),
    name,
    madeBy: UserId.parse(uuidv7()),
    madeAt: '2026-11-25T10:00:00.000Z',
  };
}

/** A server that has these, and a browser that asks it. */
function aBrowser(
  server: { revision: number; emoji: CustomEmoji[]; isAway?: boolean },
  storage = createMemoryStorage(),
) {
  let asked = 0;
  const heard: (() => void)[] = [];
  const call = (async () => {
    asked += 1;
    if (server.isAway) throw new ApiError('offline');
    return { revision: server.revision, emoji: [...server.emoji] };
  }) as unknown as Call;
  const customEmoji = createCustomEmojis({
    call,
    storage,
    socket: {
      onConnected(hear) {
        heard.push(hear);
        return () => undefined;
      },
    },
    // Only whether a chat is in the list is asked.
    chats: {
      learn: (_changes: ChatChanges) => undefined,
      store: createStore(() => ({ list: { chats: new Map([[chatId, {}]]) } })) as never,
    },
  });
  return {
    customEmoji,
    storage,
    asked: () => asked,
    connect: () => heard.forEach((hear) => hear()),
    names: () => [...(customEmoji.store.getState().get(chatId)?.byName.keys() ?? [])],
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

test('a chat is asked for once, however many want its emoji, and again only when they changed', async () => {
  const server = { revision: 5, emoji: [anEmoji('our_tea')] };
  const browser = aBrowser(server);
  browser.customEmoji.want(chatId, 5);
  browser.customEmoji.want(chatId, 5);
  await settled();
  browser.customEmoji.want(chatId, 5);
  await settled();
  expect([browser.asked(), browser.names()]).toEqual([1, ['our_tea']]);
  Object.assign(server, { revision: 8, emoji: [anEmoji('tea_pot')] });
  browser.customEmoji.want(chatId, 8);
  await settled();
  expect([browser.asked(), browser.names()]).toEqual([2, ['tea_pot']]);
});

test('what could not be asked for comes with the next connection', async () => {
  const server = { revision: 5, emoji: [anEmoji('our_tea')], isAway: true };
  const browser = aBrowser(server);
  browser.customEmoji.want(chatId, 5);
  await settled();
  expect(browser.names()).toEqual([]);
  server.isAway = false;
  browser.connect();
  await settled();
  expect(browser.names()).toEqual(['our_tea']);
});

test('without a network the emoji are those that were there the last time', async () => {
  const first = aBrowser({ revision: 5, emoji: [anEmoji('our_tea')] });
  first.customEmoji.want(chatId, 5);
  await settled();
  const later = aBrowser({ revision: 5, emoji: [], isAway: true }, first.storage);
  later.customEmoji.want(chatId, 5);
  await settled();
  expect([later.asked(), later.names()]).toEqual([0, ['our_tea']]);
});
