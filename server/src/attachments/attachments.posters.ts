import type { AttachmentId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import { copyOf, madeBytesIn, openFacts, sealFacts } from './attachments.content.ts';
import type { Processed } from './attachments.processing.ts';
import type { AttachmentRepository, StoredAttachment } from './attachments.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AttachmentRepository;
  readonly files: SealedFiles;
}

interface Still {
  readonly stored: StoredAttachment;
  readonly processed: Processed;
  /** The video it is a still of. */
  readonly of: AttachmentId;
}

export type HangPoster = (key: SealingKey, still: Still) => Promise<void>;

/**
 * A still that a browser took of a video it uploads becomes the video's poster: the server opens no film, which spares it
 * the largest decoders there are, and the browser has the film at hand anyway.
 */
export function createPosters({ db, repository, files }: Deps): HangPoster {
  return async (key, { stored: still, processed, of }) => {
    const size = processed.facts.sizes['display'];
    if (size === undefined) throw new AppError('picture-refused', 'a poster is a picture');
    const video = (await repository.find(db, of, still.uploaderId))?.attachment;
    if (!video || video.uploaderId !== still.uploaderId || video.chatId !== still.chatId)
      throw new AppError('attachment-not-found', 'no video of theirs');
    if (video.kind !== 'video' || video.state !== 'ready')
      throw new AppError('attachment-not-ready', 'no video to post');

    const known = openFacts(key, video);
    // Ours came first, and what is served under an address never changes.
    if (known.sizes['poster'] !== undefined) return;
    const bytes = files.read(copyOf(key, still, { copy: 'display', size }), { start: 0, length: size });
    await files.write(copyOf(key, video, { copy: 'poster', size }), bytes);
    const { thumbHash, width, height } = processed.facts;
    // The sides that the video was said to have count; of one that says nothing the still has the shape.
    const facts = { thumbHash, width, height, ...known, sizes: { ...known.sizes, poster: size } };
    const stored = { facts: sealFacts(key, video, facts), madeBytes: madeBytesIn(facts) };
    if (!(await repository.setFacts(db, of, stored))) throw new AppError('attachment-not-ready', 'posted meanwhile');
  };
}
