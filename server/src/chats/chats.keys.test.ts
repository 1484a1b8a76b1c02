import { randomBytes } from 'node:crypto';
import type { ChatId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { createChatKeys } from './chats.keys.ts';

const tx: Tx = { rows: async () => [], run: async () => ({ affected: 0 }) };

function aKeyStore() {
  const stored = new Map<ChatId, Buffer>();
  const keys = createChatKeys({
    masterKey: randomBytes(32),
    repository: {
      insertKey: async (_tx, chatId, wrapped) => void stored.set(chatId, wrapped),
      keysOf: async (_tx, chatIds) =>
        chatIds.flatMap((chatId) => {
          const wrapped = stored.get(chatId);
          return wrapped ? [{ chatId, wrapped }] : [];
        }),
    },
  });
  return { stored, keys };
}

test('the key of a chat that is gone is nowhere any more', async () => {
  const { stored, keys } = aKeyStore();
  const chatId = newId<ChatId>();
  const made = await keys.make(tx, chatId);
  expect((await keys.of(tx, chatId))?.equals(made)).toBe(true);

  stored.delete(chatId);
  keys.forget(chatId);
  expect(await keys.of(tx, chatId)).toBeNull();
});

test('a key does not open another chat, nor under another master key', async () => {
  const { stored, keys } = aKeyStore();
  const [chatId, otherId] = [newId<ChatId>(), newId<ChatId>()];
  await keys.make(tx, chatId);
  const wrapped = stored.get(chatId);
  if (wrapped) stored.set(otherId, wrapped);
  expect(await keys.of(tx, otherId)).toBeNull();
});
