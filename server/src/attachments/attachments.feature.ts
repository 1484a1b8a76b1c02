import { UPLOADS_PATH } from '@dialog/shared/attachments';
import { AttachmentId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Platform } from '../platform/platform.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import { createScanner } from '../platform/scanner/scanner.ts';
import { serveUploads } from '../platform/uploads/uploadServer.ts';
import { createCopying } from './attachments.copying.ts';
import { createHolds } from './attachments.holds.ts';
import { createMedia } from './attachments.media.ts';
import { createPosters } from './attachments.posters.ts';
import { createProcessing } from './attachments.processing.ts';
import { createRemoval, FORGOTTEN_MS } from './attachments.removal.ts';
import { attachmentRepository } from './attachments.repository.ts';
import { createRoom } from './attachments.room.ts';
import { serveAttachments } from './attachments.routes.ts';
import { createAttachmentService } from './attachments.service.ts';
import { serveFiles } from './attachments.serving.ts';
import { createTaking } from './attachments.taking.ts';
import { createUploads } from './attachments.uploads.ts';

/** Throws away, now and then, what was never posted. Every node does: all of it can be done twice. */
const SWEEP_EVERY_MS = 10 * 60_000;

interface Neighbours {
  readonly chats: Pick<ChatService, 'clearedFor' | 'requireMember'>;
  readonly keys: ChatKeys;
}

/** Among the nodes: whoever is at this upload lets go of it. */
const LET_GO = 'attachments.letGo';

export type AttachmentFeature = ReturnType<typeof createAttachmentFeature>;

/** All of attachments on the server: the parts of this folder and their routes, put together. */
export function createAttachmentFeature(platform: Platform, { chats, keys }: Neighbours) {
  const { config, db, files, pictures, http, callers, limiter, jobs, log, now, router, sockets } = platform;
  const repository = attachmentRepository;

  const holds = createHolds({ db, repository, askOthers: (id) => sockets.bus.publish(LET_GO, id) });
  sockets.bus.on(LET_GO, (id) => holds.letGo(z.parse(AttachmentId, id)));
  const removal = createRemoval({ db, repository, files, jobs, now });
  const scanner = createScanner(config.clamav);
  const processUpload = createProcessing({
    ...{ files, pictures, scanner },
    makeMedia: createMedia({ files, pictures, ffmpeg: platform.ffmpeg }),
  });
  const hangPoster = createPosters({ db, repository, files });
  const service = createAttachmentService({
    ...{ db, repository, chats, keys, files, holds },
    ...{ processUpload, hangPoster, removal },
  });
  const room = createRoom({ db, repository, files, ...config.files });
  const copying = createCopying({
    ...{ db, repository, chats, keys, files, room, now },
    discard: removal.discard,
  });
  const uploadsOf = createUploads({
    ...{ db, repository, chats, keys, files, limiter, now },
    maxBytes: config.files.maxBytes,
    room,
    finish: service.finish,
    discard: removal.discard,
  });

  for (const [topic, work] of Object.entries(removal.jobs)) jobs.handle(topic, work);
  serveAttachments(router, service);
  serveFiles({ http, callers, limiter, files, attachments: service });
  serveUploads({
    http,
    path: UPLOADS_PATH,
    callers,
    count: ({ userId }) => limiter.take('file', userId),
    uploadsOf,
    locker: { newLock: (id) => lockOf(id) },
    expiresMs: FORGOTTEN_MS,
  });

  /** tus asks for a lock by whatever id the request names. */
  function lockOf(id: string) {
    const checked = z.safeParse(AttachmentId, id.toLowerCase());
    if (!checked.success) throw new AppError('attachment-not-found');
    let release: () => Promise<void> = async () => {};
    return {
      async lock(signal: AbortSignal, letGo: () => unknown): Promise<void> {
        ({ release } = await holds.take(checked.data, letGo, signal));
      },
      unlock: () => release(),
    };
  }

  return {
    service,
    copying,
    removal,
    take: createTaking({ uploadsOf, holds, attachments: service }),
    /** Answers how to stop. */
    start: () =>
      repeat(removal.sweep, {
        everyMs: SWEEP_EVERY_MS,
        onError: (error) => log.warn({ err: error }, 'attachments: sweeping will be tried again'),
      }),
  };
}
