import type { Attachment } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId, UserId } from '@dialog/shared/contract/values';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import { newId } from '../platform/ids.ts';
import {
  copyOf,
  folderOf,
  madeBytesIn,
  openFacts,
  openName,
  sealFacts,
  sealName,
  toCopies,
} from './attachments.content.ts';
import type { AttachmentRepository, StoredAttachment } from './attachments.repository.ts';
import type { Room } from './attachments.room.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AttachmentRepository;
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly keys: Pick<ChatKeys, 'hold' | 'unwrapped'>;
  readonly files: SealedFiles;
  readonly room: Room;
  readonly now: () => Date;
  readonly discard: (id: AttachmentId) => Promise<boolean>;
}

interface Passing {
  readonly from: ChatId;
  readonly to: ChatId;
  readonly userId: UserId;
}

interface Opened {
  readonly stored: StoredAttachment;
  readonly key: SealingKey;
}

/**
 * Takes files along into another chat: each is sealed anew under that chat's key, as a file of whoever passes it on, and
 * lives from then on by itself. Ready to be posted; what no message took whoever had it copied throws away.
 */
export function createCopying({ db, repository, chats, keys, files, room, now, discard }: Deps) {
  async function copyOne({ stored, key: oldKey }: Opened, id: AttachmentId, { to, userId }: Passing): Promise<void> {
    const facts = openFacts(oldKey, stored);
    const name = openName(oldKey, stored);
    const bytes = stored.size + madeBytesIn(facts);
    await room.require(userId, bytes);
    const place = { id, chatId: to };
    const newKey = await db.transaction(async (tx) => {
      const key = await keys.hold(tx, to);
      if (!key) throw new AppError('chat-not-found', 'no key');
      await room.hold(tx, userId, bytes);
      const copied: StoredAttachment = {
        ...stored,
        ...place,
        uploaderId: userId,
        state: 'ready',
        name: sealName(key, place, name),
        facts: sealFacts(key, place, facts),
        position: null,
        attachedAt: null,
        createdAt: now(),
      };
      await repository.insert(tx, copied, madeBytesIn(facts));
      return key;
    });
    for (const wanted of toCopies(stored, facts)) {
      const content = files.read(copyOf(oldKey, stored, wanted), { start: 0, length: wanted.size });
      // oxlint-disable-next-line no-await-in-loop -- one after another, so that memory stays flat
      await files.write(copyOf(newKey, place, wanted), content);
    }
    if (await repository.isKnown(db, id)) return;
    // The other chat was cleared meanwhile, and its files thrown away before this one was all there.
    await files.removeAll(folderOf(id));
    throw new AppError('attachment-not-found', 'thrown away meanwhile');
  }

  async function copyAll(attachments: readonly Attachment[], copied: AttachmentId[], passing: Passing): Promise<void> {
    for (const { id } of attachments) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      const found = await repository.find(db, id, passing.userId);
      const key = found && keys.unwrapped(found.wrappedKey);
      if (!key || found.attachment.chatId !== passing.from) throw new AppError('attachment-not-found');
      const copy = newId<AttachmentId>();
      copied.push(copy);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await copyOne({ stored: found.attachment, key }, copy, passing);
    }
  }

  /** Never fails: what it does not reach is swept like any upload that was never posted. */
  async function drop(ids: readonly AttachmentId[]): Promise<void> {
    await Promise.allSettled(ids.map(discard));
  }

  return {
    async copy(attachments: readonly Attachment[], passing: Passing): Promise<AttachmentId[]> {
      if (attachments.length === 0) return [];
      await chats.requireMember(db, passing.userId, passing.to);
      const copied: AttachmentId[] = [];
      await copyAll(attachments, copied, passing).catch(async (error: unknown) => {
        await drop(copied);
        throw error;
      });
      return copied;
    },

    drop,
  };
}
