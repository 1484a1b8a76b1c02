import { Attachment } from '@dialog/shared/attachments';
import type { Message } from '@dialog/shared/messages';
import { expect, test } from 'vitest';
import { aChatId, aMessageId, aUserId } from '../testing/ids.ts';
import { nextVoice } from './nextVoice.ts';

const [ada, grace] = [aUserId(1), aUserId(2)];

function aVoice(position: number): Attachment {
  const id = `00000000-0000-7000-9000-${position.toString(16).padStart(12, '0')}`;
  return Attachment.parse({ id, kind: 'voice', name: 'voice.m4a', size: 9, mime: 'audio/mp4' });
}

function aMessage(position: number, senderId: Message['senderId'], attachments: Attachment[]): Message {
  return {
    id: aMessageId(position),
    chatId: aChatId(1),
    senderId,
    content: { kind: 'text', text: '', attachments },
    postedAt: '2026-01-01T00:00:00.000Z',
    position,
    revision: position,
  };
}

test('after a voice note comes the next of the same sender, past what others sent', () => {
  const messages = [
    aMessage(1, ada, [aVoice(1)]),
    aMessage(2, grace, [aVoice(2)]),
    aMessage(3, ada, []),
    aMessage(4, ada, [aVoice(4)]),
  ];
  const first = { attachment: aVoice(1), chatId: aChatId(1), senderId: ada, position: 1 };
  const next = nextVoice(first, messages);
  expect(next).toMatchObject({ position: 4, senderId: ada, attachment: { id: aVoice(4).id } });
  expect(next && nextVoice(next, messages)).toBeUndefined();
  expect(nextVoice({ ...first, position: null }, messages)).toBeUndefined();
});
