import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { type MessageContent, PollContent, SystemNote, TextContent } from '@dialog/shared/messages';
import * as z from 'zod';
import { seal, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import { toBytes } from '../platform/ids.ts';

/**
 * As the column `kind` says it: unread counts must not decrypt. `text` is words alone and stands as it is, `rich` has
 * something beside its words and stands as JSON.
 */
export type StoredKind = 'text' | 'rich' | 'poll' | 'system' | 'deleted';

/** What people said, in SQL: what counts as unread. */
export const SAID_BY_PEOPLE = `('text', 'rich', 'poll')`;

interface Place {
  readonly chatId: ChatId;
  readonly id: MessageId;
}

/** What stands in the row, under the chat's key and bound to its place. */
export interface SealedContent {
  readonly kind: StoredKind;
  readonly body: Buffer;
}

export const DELETED: SealedContent = { kind: 'deleted', body: Buffer.alloc(0) };

/** A tombstone says nothing, but for why it stands there. */
export const EXPIRED: SealedContent = { kind: 'deleted', body: Buffer.from('expired') };

/** A tombstone that nobody is shown, in SQL. */
export const IS_EXPIRED = `(x.kind = 'deleted' AND x.body = 'expired')`;

export function sealContent(key: SealingKey, content: TextContent | PollContent, place: Place): SealedContent {
  if (content.kind === 'poll') return { kind: 'poll', body: seal(key, JSON.stringify(content), messageContext(place)) };
  const isPlain = Object.keys(content).every((name) => name === 'kind' || name === 'text');
  const plain = isPlain ? content.text : JSON.stringify(content);
  return { kind: isPlain ? 'text' : 'rich', body: seal(key, plain, messageContext(place)) };
}

export function sealNote(key: SealingKey, note: SystemNote, place: Place): Buffer {
  return seal(key, JSON.stringify(note), messageContext(place));
}

/** Never throws: a row that does not open, or that a later version wrote, must not take its page down with it. */
export function openContent(key: SealingKey | undefined, row: Place & { kind: string; body: Buffer }): MessageContent {
  if (row.kind === 'deleted') return isExpired(row) ? { kind: 'deleted', reason: 'expired' } : { kind: 'deleted' };
  try {
    if (!key) return UNREADABLE;
    const plain = unseal(key, row.body, messageContext(row)).toString('utf8');
    if (row.kind === 'text') return { kind: 'text', text: plain };
    const parsed: unknown = JSON.parse(plain);
    if (row.kind === 'rich') return z.parse(TextContent, parsed);
    if (row.kind === 'poll') return z.parse(PollContent, parsed);
    if (row.kind === 'system') return { kind: 'system', note: z.parse(SystemNote, parsed) };
    return UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

export function isExpired({ kind, body }: { kind: string; body: Buffer }): boolean {
  return kind === 'deleted' && body.equals(EXPIRED.body);
}

const UNREADABLE: MessageContent = { kind: 'unreadable' };

/** What a message's words are bound to. */
function messageContext({ chatId, id }: Place): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id)]);
}
