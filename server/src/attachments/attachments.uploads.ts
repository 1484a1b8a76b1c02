import { UploadMetadata } from '@dialog/shared/attachments';
import { AttachmentId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import type { Caller } from '../platform/http/router.ts';
import { createAtOnce } from '../platform/limits/atOnce.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { Uploads } from '../platform/uploads/uploadServer.ts';
import { copyOf, folderOf, sealFacts, sealName, type Facts } from './attachments.content.ts';
import type { AttachmentRepository, StoredAttachment } from './attachments.repository.ts';
import type { Room } from './attachments.room.ts';
import { safeFileName } from './fileNames.ts';

interface UploadsDeps {
  readonly db: Database;
  readonly repository: AttachmentRepository;
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly keys: Pick<ChatKeys, 'hold' | 'unwrapped'>;
  readonly files: SealedFiles;
  readonly limiter: Limiter;
  readonly maxBytes: number;
  readonly room: Room;
  readonly now: () => Date;
  /** All bytes are there: look at them, and make it ready. */
  readonly finish: (caller: Caller, id: AttachmentId) => Promise<void>;
  readonly discard: (id: AttachmentId) => Promise<boolean>;
}

const MEBIBYTE = 1024 * 1024;
/** Each holds up to three parts in memory. */
const AT_ONCE = { perKey: 6, inAll: 60 };

/**
 * Files on their way in. An upload is made for a chat by one of its members, who alone may go on with it, while still
 * in there; its bytes are sealed under the chat's key as they come.
 */
export function createUploads(deps: UploadsDeps) {
  const { db, repository, files } = deps;
  const atOnce = createAtOnce(AT_ONCE);

  /** Not posted yet, one's own, and of a chat one is still in. */
  async function requireOwn(caller: Caller, id: string): Promise<StoredAttachment> {
    return (await requireOwnWithKey(caller, id)).stored;
  }

  async function requireOwnWithKey(
    { userId }: Caller,
    id: string,
  ): Promise<{ stored: StoredAttachment; key: SealingKey }> {
    const checked = z.safeParse(AttachmentId, id);
    const found = checked.success && (await repository.find(db, checked.data, userId));
    const key = found ? deps.keys.unwrapped(found.wrappedKey) : null;
    if (!found || !key || found.attachment.uploaderId !== userId) throw new AppError('attachment-not-found');
    return { stored: found.attachment, key };
  }

  /** The same again, if this person began it, for the same chat and of the same size. */
  async function begunBefore(
    caller: Caller,
    asked: UploadMetadata,
    size: number,
  ): Promise<StoredAttachment | undefined> {
    if (!(await repository.isKnown(db, asked.id))) return undefined;
    const earlier = await requireOwn(caller, asked.id).catch(() => undefined);
    const isSame = earlier?.chatId === asked.chatId && (earlier.size === size || earlier.state !== 'uploading');
    if (!earlier || !isSame) throw new AppError('id-taken');
    return earlier;
  }

  /** Under the chat's key, held: whoever clears the chat throws away what is there by then, and no more. */
  async function insert(caller: Caller, asked: UploadMetadata, size: number): Promise<void> {
    const place = { id: asked.id, chatId: asked.chatId };
    await db.transaction(async (tx) => {
      const key = await deps.keys.hold(tx, asked.chatId);
      if (!key) throw new AppError('chat-not-found', 'no key');
      await deps.room.hold(tx, caller.userId, size);
      await repository.insert(tx, {
        ...place,
        uploaderId: caller.userId,
        state: 'uploading',
        kind: 'file',
        mime: '',
        size,
        received: 0,
        name: sealName(key, place, safeFileName(asked.name)),
        facts: sealFacts(key, place, factsSaid(asked)),
        position: null,
        attachedAt: null,
        createdAt: deps.now(),
      });
    });
  }

  return (caller: Caller): Uploads => ({
    async begin({ size, metadata }) {
      const checked = z.safeParse(UploadMetadata, metadata);
      if (!checked.success || !Number.isSafeInteger(size)) throw new AppError('invalid-request', 'upload metadata');
      const asked = checked.data;
      await deps.chats.requireMember(db, caller.userId, asked.chatId);
      const earlier = await begunBefore(caller, asked, size);
      if (earlier) return earlier;
      if (size > deps.maxBytes) throw new AppError('file-too-large');
      await deps.limiter.take('upload', caller.userId);
      await deps.room.require(caller.userId, size);
      await deps.limiter.takeMany('uploadMebibytes', caller.userId, Math.max(1, Math.ceil(size / MEBIBYTE)));
      await insert(caller, asked, size).catch((error: unknown) => {
        if (isDuplicate(error)) throw new AppError('id-taken');
        throw error;
      });
      return { id: asked.id, received: 0 };
    },

    async find(id) {
      const { received, size, createdAt } = await requireOwn(caller, id);
      return { received, size, createdAt };
    },

    async append(id, received, bytes) {
      const { stored, key } = await requireOwnWithKey(caller, id);
      if (stored.state !== 'uploading') throw new AppError('upload-moved', 'all is there already');
      if (!(await files.hasRoom())) throw new AppError('storage-full', 'the disk is nearly full');
      const file = copyOf(key, stored, { copy: 'upload', size: stored.size });
      const appender = await files.append(file, { received, stored: (upTo) => noteReceived(stored.id, upTo) });
      const end = atOnce.begin(caller.userId);
      try {
        for await (const piece of bytes) await appender.write(piece);
      } finally {
        end();
        // Also when it broke off, by the network or by us: what came is kept, and the client goes on from there.
        await appender.settle().catch((error: unknown) => leaveNothing(stored.id, error));
      }
      return appender.settle();
    },

    async finish(id) {
      await deps.finish(caller, (await requireOwn(caller, id)).id);
    },

    async remove(id) {
      const stored = await requireOwn(caller, id);
      if (!(await deps.discard(stored.id))) throw new AppError('attachment-not-found', 'a message holds it');
    },
  });

  async function noteReceived(id: AttachmentId, received: number): Promise<void> {
    if (!(await repository.setReceived(db, id, received))) throw new AppError('attachment-not-found', 'thrown away');
  }

  /** Thrown away while it still came in: then what was stored since goes as well, once nothing more is on its way there. */
  async function leaveNothing(id: AttachmentId, error: unknown): Promise<never> {
    if (error instanceof AppError && error.code === 'attachment-not-found') await files.removeAll(folderOf(id));
    throw error;
  }
}

/** What the client says of it; how much of that stays is seen when its content is. */
function factsSaid({ kind, durationMs, waveform, width, height, posterOf }: UploadMetadata): Facts {
  return {
    sizes: {},
    ...(kind === 'voice' ? { isVoice: true } : {}),
    ...(durationMs ? { durationMs: Number(durationMs) } : {}),
    ...(waveform ? { waveform } : {}),
    ...(posterOf ? { posterOf } : {}),
    ...(width && height ? { width: Number(width), height: Number(height) } : {}),
  };
}
