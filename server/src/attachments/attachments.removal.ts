import { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import type { Database, Tx } from '../platform/database.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { folderOf } from './attachments.content.ts';
import type { AttachmentRepository } from './attachments.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AttachmentRepository;
  readonly files: Pick<SealedFiles, 'removeAll'>;
  readonly jobs: Pick<Jobs, 'add' | 'kick'>;
  readonly now: () => Date;
}

const REMOVE_FILES = 'attachments.removeFiles';
const REMOVE_OF_CHAT = 'attachments.removeOfChat';
const Files = z.object({ ids: z.array(AttachmentId) });
/** Of messages up to a position; without one, all. */
const OfChat = z.object({ chatId: ChatId, until: z.optional(z.int()) });

/** Unfinished, or never posted, for this long: nobody wants it any more (SECURITY 16). */
export const FORGOTTEN_MS = 24 * 3_600_000;
const SWEPT_AT_ONCE = 200;
/** Well within the time that one job has. */
const REMOVED_AT_ONCE = 100;

export type Removal = ReturnType<typeof createRemoval>;

/** The row goes in the transaction that decides so, the bytes by a job that follows its commit (R8). */
export function createRemoval({ db, repository, files, jobs, now }: Deps) {
  async function discard(id: AttachmentId): Promise<boolean> {
    const isRemoved = await db.transaction(async (tx) => {
      if (!(await repository.removeUnlessAttached(tx, id))) return false;
      await jobs.add(tx, REMOVE_FILES, { ids: [id] });
      return true;
    });
    jobs.kick();
    return isRemoved;
  }

  return {
    /** False when a message holds it, or it is gone. */
    discard,

    /** A message says nothing any more: what it held goes. */
    async contentRemoved(tx: Tx, message: { readonly chatId: ChatId; readonly position: number }): Promise<void> {
      const ids = await repository.idsAt(tx, message.chatId, message.position);
      if (ids.length === 0) return;
      await repository.remove(tx, ids);
      await jobs.add(tx, REMOVE_FILES, { ids });
    },

    /** A scheduled message will not be posted: what was held for it goes. */
    async heldRemoved(tx: Tx, ids: readonly AttachmentId[]): Promise<void> {
      const held = ids.length === 0 ? [] : await repository.heldAmong(tx, ids);
      if (held.length === 0) return;
      await repository.remove(tx, held);
      await jobs.add(tx, REMOVE_FILES, { ids: held });
    },

    async chatRemoved(tx: Tx, chatId: ChatId): Promise<void> {
      await jobs.add(tx, REMOVE_OF_CHAT, { chatId });
    },

    /** What messages up to this position hold is nobody's any more. */
    async cleared(tx: Tx, chatId: ChatId, until: number): Promise<void> {
      await jobs.add(tx, REMOVE_OF_CHAT, { chatId, until });
    },

    /** What no message holds yet goes with the key that sealed it; its uploader begins anew. */
    async keyReplaced(tx: Tx, chatId: ChatId): Promise<void> {
      const ids = await repository.lockUnattached(tx, chatId);
      if (ids.length === 0) return;
      await repository.remove(tx, ids);
      await jobs.add(tx, REMOVE_FILES, { ids });
    },

    async sweep(): Promise<void> {
      for (;;) {
        // oxlint-disable no-await-in-loop -- portion by portion is the bound, and nobody waits for it
        const forgotten = await repository.forgotten(db, new Date(now().getTime() - FORGOTTEN_MS), SWEPT_AT_ONCE);
        for (const id of forgotten) await discard(id);
        // oxlint-enable no-await-in-loop
        // A few hundred in ten minutes are fewer than one person can begin.
        if (forgotten.length < SWEPT_AT_ONCE) return;
      }
    },

    /** By topic. Safe to run again. */
    jobs: {
      async [REMOVE_FILES](payload: unknown): Promise<void> {
        await Promise.all(z.parse(Files, payload).ids.map((id) => files.removeAll(folderOf(id))));
      },
      /** In portions, each a job: the files of a large chat take longer than one has. */
      async [REMOVE_OF_CHAT](payload: unknown): Promise<void> {
        const { chatId, until } = z.parse(OfChat, payload);
        const ids = await repository.idsOfChat(db, { chatId, until, limit: REMOVED_AT_ONCE });
        if (ids.length === 0) return;
        await Promise.all(ids.map((id) => files.removeAll(folderOf(id))));
        await db.transaction(async (tx) => {
          await repository.remove(tx, ids);
          await jobs.add(tx, REMOVE_OF_CHAT, { chatId, until });
        });
        jobs.kick();
      },
    },
  };
}
