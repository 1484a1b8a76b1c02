import { createHash, randomBytes } from 'node:crypto';
import type { ChatId, InviteId } from '@dialog/shared/contract/values';
import { reseal, seal, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import { toBytes } from '../platform/ids.ts';

const CODE_BYTES = 24;

interface Place {
  readonly chatId: ChatId;
  readonly id: InviteId;
}

/** Not to be guessed: 192 random bits. */
export function newCode(): string {
  return randomBytes(CODE_BYTES).toString('base64url');
}

/** What a link is found by: whoever reads the table cannot use it. */
export function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}

export function sealCode(key: SealingKey, code: string, place: Place): Buffer {
  return seal(key, code, contextOf(place));
}

/** Null when it does not open: then it cannot be shown again, but still be used and revoked. */
export function openCode(key: SealingKey | null, sealed: Buffer, place: Place): string | null {
  try {
    return key && unseal(key, sealed, contextOf(place)).toString('utf8');
  } catch {
    return null;
  }
}

export function resealCode(
  sealed: Buffer,
  place: Place,
  keys: { readonly old: SealingKey; readonly next: SealingKey },
): Buffer | null {
  return reseal(sealed, contextOf(place), keys);
}

function contextOf({ chatId, id }: Place): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id), Buffer.from('invite code')]);
}
