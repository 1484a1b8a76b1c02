/**
 * Where sealed bytes lie: objects of a few megabytes under names that the server makes. They are written whole and never
 * changed in place, so a crash leaves the old one or the new one, on a disk and in an object store alike.
 */
export interface FileStorage {
  /** Durable when it resolves; replaces what was there. @throws AppError `storage-full`, or `busy` when it does not answer. */
  put(name: string, content: readonly Buffer[]): Promise<void>;
  /** Some of an object's bytes. Fails when there is no such object. */
  read(name: string, range: ByteRange): AsyncIterable<Buffer>;
  /** All objects below a folder, such as `ab/cd/`. Safe to repeat. */
  removeAll(folder: string): Promise<void>;
  /** False when so little is left that nobody should begin to fill it. */
  hasRoom(): Promise<boolean>;
}

export interface ByteRange {
  readonly start: number;
  readonly length: number;
}
