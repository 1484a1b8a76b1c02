import { Readable } from 'node:stream';
import { AppError } from '../appError.ts';
import type { PictureFacts } from './pictureAnswer.ts';
import type { PicturePurpose, Pictures } from './pictures.ts';
import { pictureTypeOf } from './pictureType.ts';

export interface Remade {
  readonly facts: PictureFacts;
  /** WebP, by what each is called. */
  readonly variants: Readonly<Record<string, Buffer>>;
}

/** What is small enough to be held whole: made anew by a process of its own, nothing of the original's bytes in it. */
export type Remake = (original: Buffer, purpose: PicturePurpose) => Promise<Remade>;

export function createRemake(pictures: Pick<Pictures, 'process'>): Remake {
  /** @throws AppError `picture-refused` when it is none that we take. */
  return async (original, purpose) => {
    const mime = pictureTypeOf(original);
    if (mime === undefined) throw new AppError('picture-refused', 'no picture');
    const variants: Record<string, Buffer> = {};
    const source = { mime, size: original.length, purpose, bytes: () => Readable.from([original]) };
    const facts = await pictures.process(source, async (name, _size, bytes) => {
      const pieces: Buffer[] = [];
      for await (const piece of bytes) pieces.push(piece);
      variants[name] = Buffer.concat(pieces);
    });
    return { facts, variants };
  };
}
