import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomFillSync,
  type KeyObject,
} from 'node:crypto';

/** First byte of everything sealed, so that another cipher can come later without guessing. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** Bytes that sealing adds to what it seals. */
export const SEAL_OVERHEAD = HEAD_BYTES + TAG_BYTES;

/** A key as Node wants it at hand: sealing with plain bytes costs five times as much, each time. */
export type SealingKey = KeyObject;

/** @throws Error when these are not 32 bytes. */
export function toSealingKey(bytes: Buffer): SealingKey {
  if (bytes.length !== KEY_BYTES) throw new Error(`a key has ${KEY_BYTES} bytes`);
  return createSecretKey(bytes);
}

/** A key of its own for one purpose, from a secret that is also used for others. */
export function deriveSealingKey(secret: Buffer, purpose: string): SealingKey {
  return toSealingKey(Buffer.from(hkdfSync('sha256', secret, '', `dialog ${purpose}`, KEY_BYTES)));
}

/** The bytes of a new key, to be wrapped and stored. */
export function newKeyBytes(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** A key of its own for one thing below another key's rule: with that key gone it cannot be made again. */
export function deriveKey(key: SealingKey, salt: Buffer, purpose: string): SealingKey {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, purpose, KEY_BYTES)));
}

/** Random bytes for nonces, drawn many at a time. */
const nonces = Buffer.allocUnsafe(NONCE_BYTES * 512);
let noncesUsed = nonces.length;

function newNonce(): Buffer {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces);
    noncesUsed = 0;
  }
  const nonce = Buffer.from(nonces.subarray(noncesUsed, noncesUsed + NONCE_BYTES));
  noncesUsed += NONCE_BYTES;
  return nonce;
}

/**
 * AES-256-GCM: version, nonce, ciphertext, tag in one buffer. `context` is not stored but must be the same on opening,
 * so that a row copied to another place does not open there. A fresh random nonce each time is safe for 2^32 seals
 * under one key, which no chat reaches.
 */
export function seal(key: SealingKey, plain: Buffer | string, context: Buffer): Buffer {
  return Buffer.concat(sealInPieces(key, plain, context));
}

/** The same without putting it together: what goes to a disk in one go need not be copied before. */
export function sealInPieces(key: SealingKey, plain: Buffer | string, context: Buffer): Buffer[] {
  const nonce = newNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(context);
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  // This mode leaves nothing for the end.
  cipher.final();
  return [VERSION_BYTE, nonce, body, cipher.getAuthTag()];
}

const VERSION_BYTE = Buffer.from([VERSION]);

/** The same under another key; null when it does not open under the old one. */
export function reseal(
  sealed: Buffer,
  context: Buffer,
  { old, next }: { readonly old: SealingKey; readonly next: SealingKey },
): Buffer | null {
  try {
    return seal(next, unseal(old, sealed, context), context);
  } catch {
    return null;
  }
}

/** Throws when the key, the context or a single bit is not the one it was sealed with. */
export function unseal(key: SealingKey, sealed: Buffer, context: Buffer): Buffer {
  if (sealed.length < SEAL_OVERHEAD || sealed[0] !== VERSION) throw new Error('not sealed by this version');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEAD_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(HEAD_BYTES, -TAG_BYTES));
  // Throws when the tag is not that of what was opened.
  decipher.final();
  return plain;
}
