import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { EVERYONE, EVERYONE_MEMBERS_MAX } from '@dialog/shared/mentions';
import { expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { mentionRepository, saidIn } from './messages.mentions.ts';

test('everyone is called in a small group, and in a larger one nobody', () => {
  const message = {
    id: newId<MessageId>(),
    chatId: newId<ChatId>(),
    senderId: newId<UserId>(),
    content: { kind: 'text' as const, text: `${EVERYONE} come in` },
    postedAt: '2026-01-01T00:00:00.000Z',
    position: 1,
    revision: 1,
  };
  const rowsIn = (memberCount: number) => {
    let written = 0;
    const atCommit = () => void (written += 1);
    const tx = { atCommit, rows: async () => [], run: async () => ({ affected: 0 }) };
    mentionRepository.addAtCommit(tx, saidIn({ message, memberCount, root: null, isWithheld: false }));
    return written;
  };
  expect([rowsIn(EVERYONE_MEMBERS_MAX), rowsIn(EVERYONE_MEMBERS_MAX + 1)]).toEqual([1, 0]);
});
