import { AppError } from '../platform/appError.ts';
import { deriveSealingKey, seal, unseal } from '../platform/crypto/sealing.ts';
import type { Egress } from '../platform/egress/egress.ts';
import { EgressRefusal } from '../platform/egress/egressRefusal.ts';
import { createKept } from '../platform/kept.ts';

export interface GifBytes {
  readonly mime: 'image/gif' | 'image/webp';
  readonly bytes: Buffer;
}

interface Deps {
  readonly egress: Pick<Egress, 'fetch'>;
  readonly masterKey: Buffer;
  readonly now: () => Date;
}

const TYPES = ['image/gif', 'image/webp'];
const SMALL_BYTES_MAX = 2_000_000;
const KEPT_BYTES = 32_000_000;
const KEPT_MS = 600_000;
/** A picture's address is good for so long: longer than any panel is open. */
const ADDRESS_MS = 86_400_000;
const CONTEXT = Buffer.from('gif picture');
const TIME_BYTES = 8;

export type GifPictures = ReturnType<typeof createGifPictures>;

/**
 * Giphy's pictures, fetched by us, so that Giphy sees no reader. An address of ours is the sealed one of Giphy: only what
 * this server has found there itself can be asked for, so that nobody gets a proxy.
 */
export function createGifPictures({ egress, masterKey, now }: Deps) {
  const key = deriveSealingKey(masterKey, 'gif pictures');
  const kept = createKept<GifBytes>({ weightMax: KEPT_BYTES, weightOf: ({ bytes }) => bytes.length, forMs: KEPT_MS });

  function addressIn(sealed: string): string {
    try {
      const plain = unseal(key, Buffer.from(sealed, 'base64url'), CONTEXT);
      if (Number(plain.readBigUInt64BE()) < now().getTime()) throw new Error('past its time');
      return plain.subarray(TIME_BYTES).toString('utf8');
    } catch {
      throw new AppError('gif-not-found');
    }
  }

  /** @throws AppError gif-not-found for what is none, gifs-unavailable */
  async function fetchGif(url: string, maxBytes: number): Promise<GifBytes> {
    const { body } = await egress.fetch(url, { types: TYPES, maxBytes, whenLarger: 'refuse' }).catch(asAppError);
    const mime = mimeOf(body);
    if (mime === undefined) throw new AppError('gif-not-found', 'no picture');
    return { mime, bytes: body };
  }

  return {
    fetch: fetchGif,

    addressOf(url: string): string {
      const time = Buffer.alloc(TIME_BYTES);
      time.writeBigUInt64BE(BigInt(now().getTime() + ADDRESS_MS));
      return seal(key, Buffer.concat([time, Buffer.from(url)]), CONTEXT).toString('base64url');
    },

    async read(sealed: string): Promise<GifBytes> {
      const url = addressIn(sealed);
      return kept.get(url, () => fetchGif(url, SMALL_BYTES_MAX));
    },
  };
}

/** By what is in it. */
function mimeOf(bytes: Buffer): GifBytes['mime'] | undefined {
  const beginning = bytes.subarray(0, 12).toString('latin1');
  if (/^GIF8[79]a/.test(beginning)) return 'image/gif';
  return /^RIFF[^]{4}WEBP/.test(beginning) ? 'image/webp' : undefined;
}

const ITS_OWN_FAULT: ReadonlySet<string> = new Set(['wrong-answer', 'wrong-type', 'too-large', 'forbidden-address']);

function asAppError(error: unknown): never {
  const fault = error instanceof EgressRefusal ? error.fault : 'unknown';
  throw new AppError(ITS_OWN_FAULT.has(fault) ? 'gif-not-found' : 'gifs-unavailable', fault);
}
