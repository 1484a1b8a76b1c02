import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Ffmpeg } from '../platform/ffmpeg/ffmpeg.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import type { Pictures } from '../platform/pictures/pictures.ts';
import { copyOf, type Facts } from './attachments.content.ts';
import type { StoredAttachment } from './attachments.repository.ts';

interface Deps {
  readonly files: SealedFiles;
  readonly pictures: Pictures;
  readonly ffmpeg: Ffmpeg;
}

interface Film {
  readonly key: SealingKey;
  readonly stored: StoredAttachment;
  readonly kind: StoredAttachment['kind'];
  readonly mime: string;
  readonly facts: Facts;
}

/** The facts with what was made, or as they were. */
export type MakeMedia = (film: Film) => Promise<Facts>;

/** What Safari does not play. */
const NEEDS_AAC: ReadonlySet<string> = new Set(['audio/webm', 'audio/ogg']);

/**
 * Where the system has an ffmpeg: voice notes as every browser plays them, and a still, sides and length for films of which the
 * browser said nothing. Without it, or where it fails, a file is what it was.
 */
export function createMedia({ files, pictures, ffmpeg }: Deps): MakeMedia {
  async function withSound({ key, stored, mime, facts }: Film): Promise<Facts> {
    let size = 0;
    await ffmpeg.toAac({ mime, bytes: () => whole(key, stored) }, async (made) => {
      await files.write(copyOf(key, stored, { copy: 'sound', size: made.size }), made.bytes());
      size = made.size;
    });
    return size > 0 ? { ...facts, sizes: { ...facts.sizes, sound: size } } : facts;
  }

  async function withStill({ key, stored, mime, facts }: Film): Promise<Facts> {
    let found = facts;
    await ffmpeg.stillOf({ mime, bytes: () => whole(key, stored) }, async ({ picture, durationMs }) => {
      const still = { mime: 'image/jpeg', size: picture.size, bytes: picture.bytes };
      const { width, height, thumbHash } = await pictures.process(still, async (name, size, bytes) => {
        if (name === 'display') await files.write(copyOf(key, stored, { copy: 'poster', size }), bytes);
        else await drained(bytes);
        if (name === 'display') found = { ...found, sizes: { ...found.sizes, poster: size } };
      });
      found = { ...found, width, height, thumbHash, ...(facts.durationMs ? {} : { durationMs }) };
    });
    return found;
  }

  const whole = (key: SealingKey, stored: StoredAttachment) =>
    files.read(copyOf(key, stored, { copy: 'upload', size: stored.size }), { start: 0, length: stored.size });

  return async (film) => {
    if (ffmpeg.version === null) return film.facts;
    if (film.kind === 'voice' && NEEDS_AAC.has(film.mime)) return withSound(film);
    // Who could open it says its sides, and sends a still that they chose.
    return film.kind === 'video' && film.facts.width === undefined ? withStill(film) : film.facts;
  };
}

/** They come one behind the other: what is not wanted has to be read as well. */
async function drained(bytes: AsyncIterable<Buffer>): Promise<void> {
  const iterator = bytes[Symbol.asyncIterator]();
  // oxlint-disable-next-line no-await-in-loop -- a stream
  while (!(await iterator.next()).done);
}
