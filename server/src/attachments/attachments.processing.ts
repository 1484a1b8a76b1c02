import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import type { Pictures } from '../platform/pictures/pictures.ts';
import type { Scanner } from '../platform/scanner/scanner.ts';
import { copyOf, openFacts, type Copy, type Facts } from './attachments.content.ts';
import type { MakeMedia } from './attachments.media.ts';
import type { StoredAttachment } from './attachments.repository.ts';
import { contentTypeOf, SNIFFED_BYTES } from './contentTypes.ts';

interface Deps {
  readonly files: SealedFiles;
  readonly pictures: Pictures;
  readonly scanner: Scanner;
  readonly makeMedia: MakeMedia;
}

export type Processed = Pick<StoredAttachment, 'kind' | 'mime' | 'size'> & { readonly facts: Facts };
export type ProcessUpload = (key: SealingKey, stored: StoredAttachment) => Promise<Processed>;

/** Looks at what has come in: what it is, whether the scanner lets it pass, and for pictures what is shown of them. */
export function createProcessing({ files, pictures, scanner, makeMedia }: Deps): ProcessUpload {
  return async (key, stored) => {
    const upload = copyOf(key, stored, { copy: 'upload', size: stored.size });
    const read = (length: number) => files.read(upload, { start: 0, length });
    await scanner.scan({ size: stored.size, bytes: () => read(stored.size) });

    const said = openFacts(key, stored);
    const { kind, mime } = await contentTypeOf(await gathered(read(SNIFFED_BYTES)), { isVoice: said.isVoice ?? false });
    if (kind !== 'picture') {
      const facts = await makeMedia({ key, stored, kind, mime, facts: kept(said, kind) });
      return { kind, mime, size: stored.size, facts };
    }

    const picture = { mime, size: stored.size, bytes: () => read(stored.size) };
    const {
      mime: shownMime,
      sizes,
      ...facts
    } = await pictures.process(picture, (name, size, bytes) =>
      files.write(copyOf(key, stored, { copy: toCopy(name), size }), bytes),
    );
    return { kind, mime: shownMime, size: sizes['original'] ?? stored.size, facts: { ...facts, sizes } };
  };
}

/** What the client said that belongs to such a file. */
function kept({ durationMs, waveform, width, height }: Facts, kind: StoredAttachment['kind']): Facts {
  const isTimed = kind === 'video' || kind === 'audio' || kind === 'voice';
  return {
    sizes: {},
    ...(isTimed && durationMs ? { durationMs } : {}),
    ...(kind === 'voice' && waveform ? { waveform } : {}),
    ...(kind === 'video' && width && height ? { width, height } : {}),
  };
}

function toCopy(name: string): Copy {
  if (name === 'original' || name === 'display' || name === 'thumb') return name;
  throw new Error(`no copy of a picture: ${name}`);
}

async function gathered(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}
