import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** Ids are made here and not by the database, so that a row can be named before it is written. `T` is the branded id. */
export function newId<T extends string>(): T {
  return uuidv7() as T;
}

/** A UUID as its 16 bytes, which is how it is stored. */
export function toBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** The UUID in the lower-case text form that travels. */
export function fromBytes<T extends string>(bytes: Buffer): T {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as T;
}

/** A 256-bit secret for a person or device to keep; store its hash only. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
