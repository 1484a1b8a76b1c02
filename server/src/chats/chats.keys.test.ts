import { randomBytes } from 'node:crypto';
import type { ChatId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { WrappedKey } from './chats.keys.repository.ts';
import { createChatKeys } from './chats.keys.ts';

const tx: Tx = { rows: async () => [], run: async () => ({ affected: 0 }) };

/** A table of keys, and nodes that share it. */
function aKeyStore() {
  const stored = new Map<ChatId, WrappedKey>();
  const masterKey = randomBytes(32);
  const aNode = () =>
    createChatKeys({
      masterKey,
      repository: {
        put: async (_tx, wrapped) => void stored.set(wrapped.chatId, wrapped),
        of: async (_tx, chatIds) => chatIds.flatMap((chatId) => stored.get(chatId) ?? []),
        hold: async (_tx, chatId) => stored.get(chatId),
      },
    });
  return { stored, keys: aNode(), aNode };
}

test('the key of a chat that is gone is nowhere any more', async () => {
  const { stored, keys } = aKeyStore();
  const chatId = newId<ChatId>();
  const { key } = await keys.make(tx, chatId);
  expect((await keys.of(tx, chatId))?.equals(key)).toBe(true);

  stored.delete(chatId);
  keys.forget(chatId);
  expect(await keys.of(tx, chatId)).toBeNull();
});

test('a key does not open another chat, nor under another master key', async () => {
  const { stored, keys } = aKeyStore();
  const [chatId, otherId] = [newId<ChatId>(), newId<ChatId>()];
  await keys.make(tx, chatId);
  const wrapped = stored.get(chatId);
  if (wrapped) stored.set(otherId, { ...wrapped, chatId: otherId });
  expect(await keys.of(tx, otherId)).toBeNull();
});

test('a key that another node replaced is not taken for the one that the chat names now', async () => {
  const { keys, aNode } = aKeyStore();
  const chatId = newId<ChatId>();
  const { key: first } = await keys.make(tx, chatId);
  expect((await keys.of(tx, chatId))?.equals(first)).toBe(true);

  const { key: second, keyNumber } = await aNode().make(tx, chatId);
  // Nobody has told this node.
  expect((await keys.of(tx, chatId))?.equals(first)).toBe(true);
  expect((await keys.numbered(tx, [{ id: chatId, keyNumber }])).get(chatId)?.equals(second)).toBe(true);
  expect((await keys.hold(tx, chatId))?.equals(second)).toBe(true);
  expect((await keys.of(tx, chatId))?.equals(second)).toBe(true);
});
