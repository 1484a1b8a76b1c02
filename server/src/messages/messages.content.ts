import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { type MessageContent, SystemNote } from '@dialog/shared/messages';
import * as z from 'zod';
import { seal, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import { toBytes } from '../platform/ids.ts';

/** As the column `kind` says it: unread counts must not decrypt. */
export type StoredKind = 'text' | 'system';

interface Place {
  readonly chatId: ChatId;
  readonly id: MessageId;
}

/** What stands in the row: a text as it is, a note as JSON, both under the chat's key and bound to their place. */
export function sealText(key: SealingKey, text: string, place: Place): Buffer {
  return seal(key, text, contextOf(place));
}

export function sealNote(key: SealingKey, note: SystemNote, place: Place): Buffer {
  return seal(key, JSON.stringify(note), contextOf(place));
}

/** Never throws: a row that does not open, or that a later version wrote, must not take its page down with it. */
export function openContent(key: SealingKey | undefined, row: Place & { kind: string; body: Buffer }): MessageContent {
  try {
    if (!key) return UNREADABLE;
    const plain = unseal(key, row.body, contextOf(row)).toString('utf8');
    if (row.kind === 'text') return { kind: 'text', text: plain };
    if (row.kind === 'system') return { kind: 'system', note: z.parse(SystemNote, JSON.parse(plain)) };
    return UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

const UNREADABLE: MessageContent = { kind: 'unreadable' };

function contextOf({ chatId, id }: Place): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id)]);
}
