import { createHash, randomBytes } from 'node:crypto';
import type { UserId } from '@dialog/shared/contract/values';
import { toBytes } from '../platform/ids.ts';

/** Crockford's: no letter that is taken for a digit, none that makes words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BYTES = 10;
const BITS_PER_LETTER = 5n;
const LETTERS = 16;
const GROUP = /.{4}(?=.)/g;

/** 80 random bits as `7KQ4-0ZXV-M2RP-9TBD`. */
export function newRecoveryCode(): string {
  let bits = BigInt(`0x${randomBytes(BYTES).toString('hex')}`);
  let letters = '';
  for (let at = 0; at < LETTERS; at += 1) {
    letters = (ALPHABET[Number(bits & 31n)] ?? '') + letters;
    bits >>= BITS_PER_LETTER;
  }
  return letters.replaceAll(GROUP, '$&-');
}

/** As it was made, however it is typed: case, spaces and hyphens aside, and O, I and L for what they are taken for. */
export function normalRecoveryCode(given: string): string {
  return given
    .toUpperCase()
    .replaceAll(/[\s\-–—_]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/** With the person in it, so that one guess is a guess at one person's codes only. 80 random bits need no slow hash. */
export function hashOfRecoveryCode(userId: UserId, given: string): Buffer {
  return createHash('sha256').update(toBytes(userId)).update(normalRecoveryCode(given)).digest();
}
