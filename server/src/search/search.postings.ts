import type { ChatId } from '@dialog/shared/contract/values';
import { toBytes } from '../platform/ids.ts';
import { TOKEN_BYTES } from './search.tokens.ts';

/** Positions are grouped by 1,024. */
const BLOCK_BITS = 10;
const BLOCK_POSITIONS = 2 ** BLOCK_BITS;

export function blockOf(position: number): number {
  return Math.floor(position / BLOCK_POSITIONS);
}

/** The primary key of a token's postings in one block of a chat; without token the place where the block begins. */
export function entryOf(chatId: ChatId, block: number, token: Buffer = Buffer.alloc(TOKEN_BYTES)): Buffer {
  const entry = Buffer.allocUnsafe(ENTRY_BYTES);
  toBytes(chatId).copy(entry);
  entry.writeUInt32BE(block, CHAT_BYTES);
  token.copy(entry, CHAT_BYTES + BLOCK_BYTES);
  return entry;
}

const CHAT_BYTES = 16;
const BLOCK_BYTES = 4;
const ENTRY_BYTES = CHAT_BYTES + BLOCK_BYTES + TOKEN_BYTES;

/** Where and when a message stands. */
export interface Posting {
  readonly position: number;
  /** Seconds since 1970. */
  readonly second: number;
}

const POSTING_BYTES = 6;

export function writePosting({ position, second }: Posting): Buffer {
  const bytes = Buffer.allocUnsafe(POSTING_BYTES);
  bytes.writeUInt16BE(position % BLOCK_POSITIONS);
  bytes.writeUInt32BE(second, 2);
  return bytes;
}

export function readPostings(block: number, places: Buffer): Posting[] {
  const postings: Posting[] = [];
  for (let at = 0; at < places.length; at += POSTING_BYTES) {
    postings.push({ position: block * BLOCK_POSITIONS + places.readUInt16BE(at), second: places.readUInt32BE(at + 2) });
  }
  return postings;
}

/** Which positions of a block were met; one for all, for nothing waits in between. */
const met = new Uint8Array(BLOCK_POSITIONS);

/** Those of the first that are in the second as well. Postings are read only when they are candidates: there are many. */
export function commonPlaces(places: Buffer | undefined, others: Buffer): Buffer {
  if (!places) return Buffer.alloc(0);
  met.fill(0);
  for (let at = 0; at < others.length; at += POSTING_BYTES) met[others.readUInt16BE(at)] = 1;
  return pick(places, (position) => met[position] === 1);
}

/** When the newest of these was posted. */
export function newestOf(places: Buffer): number {
  let newest = 0;
  for (let at = 0; at < places.length; at += POSTING_BYTES) newest = Math.max(newest, places.readUInt32BE(at + 2));
  return newest;
}

/** Those of a block's postings that are wanted. */
export function pickPlaces(
  block: number,
  places: Buffer,
  isWanted: (position: number, second: number) => boolean,
): Buffer {
  return pick(places, (position, second) => isWanted(block * BLOCK_POSITIONS + position, second));
}

/** Those posted after a second, and the others. */
export function splitPlaces(places: Buffer, after: number): { newer: Buffer; older: Buffer } {
  return {
    newer: pick(places, (_position, second) => second > after),
    older: pick(places, (_position, second) => second <= after),
  };
}

/** Each position once. */
export function uniquePlaces(places: Buffer): Buffer {
  met.fill(0);
  return pick(places, (position) => {
    const isNew = met[position] === 0;
    met[position] = 1;
    return isNew;
  });
}

function pick(places: Buffer, isPicked: (position: number, second: number) => boolean): Buffer {
  const picked = Buffer.allocUnsafe(places.length);
  let length = 0;
  for (let at = 0; at < places.length; at += POSTING_BYTES) {
    if (isPicked(places.readUInt16BE(at), places.readUInt32BE(at + 2)))
      length += places.copy(picked, length, at, at + POSTING_BYTES);
  }
  return picked.subarray(0, length);
}

export function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}
