import {
  ATTACHMENTS_PAGE,
  type Attachment,
  type AttachmentKind,
  type attachmentRoutes,
  type FileVariant,
  type MediaFilter,
  type SentAttachment,
} from '@dialog/shared/attachments';
import type { ErrorCode } from '@dialog/shared/contract/errors';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { AttachmentId, ChatId, UserId } from '@dialog/shared/contract/values';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { SealedFile, SealedFiles } from '../platform/files/sealedFiles.ts';
import type { Caller } from '../platform/http/router.ts';
import { copyOf, folderOf, madeBytesIn, openFacts, openName, sealFacts, toAttachment } from './attachments.content.ts';
import type { Holds } from './attachments.holds.ts';
import type { HangPoster } from './attachments.posters.ts';
import type { ProcessUpload } from './attachments.processing.ts';
import type { AttachmentRepository, StoredAttachment } from './attachments.repository.ts';
import type { Removal } from './attachments.removal.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AttachmentRepository;
  readonly chats: Pick<ChatService, 'clearedFor'>;
  readonly keys: Pick<ChatKeys, 'stored' | 'unwrapped'>;
  readonly files: SealedFiles;
  readonly holds: Holds;
  readonly processUpload: ProcessUpload;
  readonly hangPoster: HangPoster;
  readonly removal: Removal;
}

/** A file as it may be served to whoever asked. */
export interface ServedFile {
  readonly file: SealedFile;
  readonly name: string;
  readonly mime: string;
  readonly kind: AttachmentKind;
}

interface Visible {
  readonly stored: StoredAttachment;
  readonly key: SealingKey;
}

type Got = RouteReply<typeof attachmentRoutes.getAttachment>;
type Listed = RouteReply<typeof attachmentRoutes.listAttachments>;

const KINDS: Readonly<Record<MediaFilter, readonly AttachmentKind[]>> = {
  media: ['picture', 'video'],
  audio: ['audio', 'voice'],
  files: ['file'],
};
const NAME_ENDING = /(\.[^.]*)?$/;

export type AttachmentService = ReturnType<typeof createAttachmentService>;

/**
 * Files of chats. Whoever is in the chat at this moment may see what a message holds, and the uploader what none holds
 * yet; for everyone else it is not there.
 */
export function createAttachmentService(deps: Deps) {
  const { db, repository, files } = deps;

  async function requireVisible({ userId }: Caller, id: AttachmentId): Promise<Visible> {
    const found = await repository.find(db, id, userId);
    const key = found && deps.keys.unwrapped(found.wrappedKey);
    if (!key) throw new AppError('attachment-not-found');
    const { attachment: stored } = found;
    if (stored.state !== 'attached' && stored.uploaderId !== userId) throw new AppError('attachment-not-found');
    return { stored, key };
  }

  /** Safe to repeat, and to do on two nodes: whoever comes second finds it done. */
  async function finish(caller: Caller, id: AttachmentId): Promise<void> {
    await deps.holds.during(id, async () => {
      const { stored, key } = await requireVisible(caller, id);
      if (stored.state !== 'uploading' || stored.received < stored.size) return;
      await makeReady(key, stored).catch(async (error: unknown) => {
        if (isForGood(error)) await deps.removal.discard(id);
        throw error;
      });
    });
  }

  async function makeReady(key: SealingKey, stored: StoredAttachment): Promise<void> {
    const { posterOf } = openFacts(key, stored);
    const processed = await deps.processUpload(key, stored);
    if (posterOf !== undefined) {
      await deps.hangPoster(key, { stored, processed, of: posterOf });
      await deps.removal.discard(stored.id);
      return;
    }
    const { facts, ...columns } = processed;
    const isReady = await repository.setReady(db, stored.id, {
      ...columns,
      facts: sealFacts(key, stored, facts),
      madeBytes: madeBytesIn(facts),
    });
    // Thrown away meanwhile: then what was made of it goes as well.
    if (!isReady && !(await repository.isKnown(db, stored.id))) return files.removeAll(folderOf(stored.id));
    if (facts.sizes['original'] !== undefined) await files.removeAll(`${folderOf(stored.id)}upload/`);
  }

  return {
    finish,

    async getAttachment(caller: Caller, id: AttachmentId): Promise<Got> {
      const { stored, ...early } = await requireVisible(caller, id);
      if (stored.state === 'uploading' && stored.received < stored.size)
        return { state: 'uploading', received: stored.received, size: stored.size };
      // A node that died while it looked at the file has left it so.
      if (stored.state === 'uploading') await finish(caller, id);
      const isNew = stored.state === 'uploading';
      const { stored: done, key } = isNew ? await requireVisible(caller, id) : { stored, ...early };
      const attachment = toAttachment(key, done);
      return { state: done.state === 'attached' ? 'attached' : 'ready', attachment };
    },

    async listAttachments(
      caller: Caller,
      { chatId, filter, before }: { chatId: ChatId; filter: MediaFilter; before: number | null },
    ): Promise<Listed> {
      const cleared = await deps.chats.clearedFor(db, caller.userId, chatId);
      // Ten more, so that the message at the end of the page is there whole.
      const limit = ATTACHMENTS_PAGE + 10;
      const { userId } = caller;
      const page = { chatId, userId, before: before ?? Number.MAX_SAFE_INTEGER, after: cleared, limit };
      const lists = await Promise.all(KINDS[filter].map((kind) => repository.pageOfKind(db, { ...page, kind })));
      const key = (await deps.keys.stored(db, [chatId])).get(chatId);
      const found = lists.flat().toSorted((a, b) => (b.position ?? 0) - (a.position ?? 0));
      const end = found[ATTACHMENTS_PAGE - 1]?.position ?? 0;
      const shown = found.filter(({ position }) => (position ?? 0) >= end);
      return { attachments: shown.flatMap((stored) => toSent(key, stored)), hasMore: shown.length < found.length };
    },

    /** @throws attachment-not-found for who may not see it, and for variants that it does not have. */
    async openFile(caller: Caller, id: AttachmentId, variant: FileVariant): Promise<ServedFile> {
      const { stored, key } = await requireVisible(caller, id);
      if (stored.state === 'uploading') throw new AppError('attachment-not-found', 'not all there yet');
      const { sizes } = openFacts(key, stored);
      const name = openName(key, stored);
      const { kind, mime } = stored;
      const made = sizes[variant];
      if (made !== undefined && variant === 'original')
        return { file: copyOf(key, stored, { copy: 'original', size: made }), kind, mime, name };
      if (variant === 'original')
        return { file: copyOf(key, stored, { copy: 'upload', size: stored.size }), kind, mime, name };
      if (made === undefined) throw new AppError('attachment-not-found', `has no ${variant}`);
      if (variant === 'sound')
        return {
          file: copyOf(key, stored, { copy: variant, size: made }),
          kind,
          mime: 'audio/mp4',
          name: name.replace(NAME_ENDING, '.m4a'),
        };
      return {
        file: copyOf(key, stored, { copy: variant, size: made }),
        kind: 'picture',
        mime: 'image/webp',
        name: name.replace(NAME_ENDING, '.webp'),
      };
    },

    /**
     * For a message that is being posted, in its transaction: these, if they are the sender's own, of this chat, and
     * held by no message yet, unless by this very one while it was scheduled. They stay locked until it commits.
     * @throws attachment-not-found, attachment-not-ready
     */
    async claim(
      tx: Tx,
      post: {
        readonly chatId: ChatId;
        readonly senderId: UserId;
        readonly ids: readonly AttachmentId[];
        readonly isHeld?: boolean;
      },
      key: SealingKey,
    ): Promise<Attachment[]> {
      const locked = new Map((await repository.lockMany(tx, post.ids)).map((stored) => [stored.id, stored]));
      return post.ids.map((id) => {
        const stored = locked.get(id);
        if (!stored || stored.uploaderId !== post.senderId || stored.chatId !== post.chatId)
          throw new AppError('attachment-not-found');
        if (stored.state !== (post.isHeld ? 'held' : 'ready')) throw new AppError('attachment-not-ready', stored.state);
        return toAttachment(key, stored);
      });
    },

    /** What was claimed waits with a scheduled message. */
    hold: repository.setHeld,

    /** What was claimed belongs to this message now. */
    attachAtCommit: repository.setAttachedAtCommit,
  };
}

const FOR_GOOD: ReadonlySet<ErrorCode> = new Set([
  'picture-refused',
  'file-infected',
  'attachment-not-found',
  'attachment-not-ready',
]);

/** The file itself is at fault, and will be the next time as well. */
function isForGood(error: unknown): boolean {
  return error instanceof AppError && FOR_GOOD.has(error.code);
}

/** One that does not open, because its chat was cleared just now, does not take the whole list down with it. */
function toSent(key: SealingKey | undefined, stored: StoredAttachment): SentAttachment[] {
  const attachment = opened(key, stored);
  if (!attachment) return [];
  return [
    {
      attachment,
      senderId: stored.uploaderId,
      position: stored.position ?? 0,
      sentAt: (stored.attachedAt ?? stored.createdAt).toISOString(),
    },
  ];
}

function opened(key: SealingKey | undefined, stored: StoredAttachment): Attachment | undefined {
  try {
    return key && toAttachment(key, stored);
  } catch {
    return undefined;
  }
}
