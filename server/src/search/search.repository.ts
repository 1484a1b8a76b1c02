import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { SqlValue, Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { entryOf } from './search.postings.ts';

/** 1,024 positions of a chat, and the seconds between which they were posted. */
export interface Block {
  readonly chatId: ChatId;
  readonly block: number;
  readonly oldest: number;
  readonly newest: number;
}

export interface Entry {
  readonly entry: Buffer;
  readonly places: Buffer;
}

/** How far a chat is indexed, and how far it has got. */
export interface Head {
  readonly chatId: ChatId;
  readonly indexed: number;
  readonly revision: number;
}

export interface BlocksWanted {
  readonly chatId: ChatId | undefined;
  /** Seconds, both included. */
  readonly from: number;
  readonly to: number;
}

type BlockColumns = { chatId: Buffer; block: number; oldest: number; newest: number };
type HeadColumns = { chatId: Buffer; indexed: number; revision: number };

export type SearchRepository = typeof searchRepository;

export const searchRepository = {
  /** The blocks of all chats this person is in now (R11), the newest first. */
  async blocksOf(tx: Tx, userId: UserId, { chatId, from, to }: BlocksWanted): Promise<Block[]> {
    const rows = await tx.rows<BlockColumns>(
      `SELECT b.chat_id AS chatId, b.block, b.oldest, b.newest
       FROM members m JOIN search_blocks b ON b.chat_id = m.chat_id
       WHERE m.user_id = :userId AND m.role IS NOT NULL AND b.newest >= :from AND b.oldest <= :to
         ${chatId ? 'AND m.chat_id = :chatId' : ''}
       ORDER BY b.newest DESC`,
      { userId: toBytes(userId), from, to, ...(chatId ? { chatId: toBytes(chatId) } : {}) },
    );
    return rows.map((row) => ({ ...row, chatId: fromBytes<ChatId>(row.chatId) }));
  },

  /** Those of these entries that there are. */
  async entries(tx: Tx, entries: readonly Buffer[]): Promise<Entry[]> {
    if (entries.length === 0) return [];
    return tx.rows<{ entry: Buffer; places: Buffer }>(
      'SELECT entry, places FROM search_postings WHERE entry IN (:entries)',
      { entries },
    );
  },

  /** All entries of one block. */
  async entriesOfBlock(tx: Tx, chatId: ChatId, block: number): Promise<Entry[]> {
    return tx.rows<{ entry: Buffer; places: Buffer }>(
      'SELECT entry, places FROM search_postings WHERE entry >= :from AND entry < :until',
      { from: entryOf(chatId, block), until: entryOf(chatId, block + 1) },
    );
  },

  async rewrite(tx: Tx, { entry, places }: Entry): Promise<void> {
    if (places.length === 0) await tx.run('DELETE FROM search_postings WHERE entry = :entry', { entry });
    else await tx.run('UPDATE search_postings SET places = :places WHERE entry = :entry', { entry, places });
  },

  async removeEntries(tx: Tx, entries: readonly Buffer[]): Promise<void> {
    await tx.run('DELETE FROM search_postings WHERE entry IN (:entries)', { entries });
  },

  /** Adds these places behind those that are there. */
  appendAtCommit(tx: WriteTx, entries: readonly Entry[]): void {
    tx.atCommit(
      `INSERT INTO search_postings (entry, places) VALUES :rows
       ON DUPLICATE KEY UPDATE places = CONCAT(places, VALUES(places))`,
      { rows: entries.map(({ entry, places }): SqlValue[] => [entry, places]) },
    );
  },

  widenAtCommit(tx: WriteTx, blocks: readonly Block[]): void {
    tx.atCommit(
      `INSERT INTO search_blocks (chat_id, block, oldest, newest) VALUES :rows
       ON DUPLICATE KEY UPDATE oldest = LEAST(oldest, VALUES(oldest)), newest = GREATEST(newest, VALUES(newest))`,
      { rows: blocks.map(({ chatId, block, oldest, newest }): SqlValue[] => [toBytes(chatId), block, oldest, newest]) },
    );
  },

  /** Holds the heads of those of these chats that exist, in the order of their ids. */
  async lockHeads(tx: Tx, chatIds: readonly ChatId[]): Promise<Head[]> {
    const values = { chatIds: chatIds.map(toBytes) };
    const lock = async (): Promise<HeadColumns[]> =>
      tx.rows<HeadColumns>(
        `SELECT h.chat_id AS chatId, h.revision AS indexed, 0 AS revision FROM search_heads h
         WHERE h.chat_id IN (:chatIds) ORDER BY h.chat_id FOR UPDATE`,
        values,
      );
    let locked = await lock();
    if (locked.length < chatIds.length) {
      await tx.run(
        `INSERT IGNORE INTO search_heads (chat_id, revision)
         SELECT id, 0 FROM chats WHERE id IN (:chatIds) ORDER BY id`,
        values,
      );
      locked = await lock();
    }
    // Read after the lock: a chat only grows, so what is read later is complete up to this.
    const revisions = await tx.rows<{ id: Buffer; revision: number }>(
      'SELECT id, revision FROM chats WHERE id IN (:chatIds)',
      values,
    );
    const revisionOf = new Map(revisions.map(({ id, revision }) => [id.toString('hex'), revision]));
    return locked.map(({ chatId, indexed }) => ({
      chatId: fromBytes<ChatId>(chatId),
      indexed,
      revision: revisionOf.get(chatId.toString('hex')) ?? indexed,
    }));
  },

  advanceAtCommit(tx: WriteTx, heads: readonly Pick<Head, 'chatId' | 'indexed'>[]): void {
    tx.atCommit(
      `INSERT INTO search_heads (chat_id, revision) VALUES :rows ON DUPLICATE KEY UPDATE revision = VALUES(revision)`,
      { rows: heads.map(({ chatId, indexed }): SqlValue[] => [toBytes(chatId), indexed]) },
    );
  },

  /**
   * One step of a walk over all chats by their ids: where the step ends (null: at the end of all), and which chats in
   * it have changed since they were indexed.
   */
  async behindAfter(tx: Tx, after: Buffer, step: number): Promise<{ until: Buffer | null; behind: ChatId[] }> {
    const [end] = await tx.rows<{ id: Buffer }>(
      'SELECT id FROM chats WHERE id > :after ORDER BY id LIMIT 1 OFFSET :skip',
      {
        after,
        skip: step - 1,
      },
    );
    const rows = await tx.rows<{ id: Buffer }>(
      `SELECT c.id FROM chats c LEFT JOIN search_heads h ON h.chat_id = c.id
       WHERE c.id > :after ${end ? 'AND c.id <= :until' : ''} AND c.revision > COALESCE(h.revision, 0)`,
      { after, ...(end ? { until: end.id } : {}) },
    );
    return { until: end?.id ?? null, behind: rows.map(({ id }) => fromBytes<ChatId>(id)) };
  },

  /** Waits for whoever is indexing the chat; for a chat that is gone nobody begins again. */
  async removeHead(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('DELETE FROM search_heads WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
    await tx.run('DELETE FROM search_blocks WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  },

  /** Some of a chat's entries in the blocks before one; 0 when none is left. */
  async removeSomeBefore(tx: Tx, range: { chatId: ChatId; until: number; limit: number }): Promise<number> {
    const { affected } = await tx.run(
      'DELETE FROM search_postings WHERE entry >= :from AND entry < :until ORDER BY entry LIMIT :limit',
      { from: entryOf(range.chatId, 0), until: entryOf(range.chatId, range.until), limit: range.limit },
    );
    return affected;
  },

  async removeBlocksBefore(tx: Tx, chatId: ChatId, block: number): Promise<void> {
    await tx.run('DELETE FROM search_blocks WHERE chat_id = :chatId AND block < :block', {
      chatId: toBytes(chatId),
      block,
    });
  },

  /** Some of a chat's entries; 0 when none is left. */
  async removeSome(tx: Tx, chatId: ChatId, limit: number): Promise<number> {
    const id = toBytes(chatId);
    const { affected } = await tx.run(
      'DELETE FROM search_postings WHERE entry >= :from AND entry <= :until ORDER BY entry LIMIT :limit',
      { from: Buffer.concat([id, Buffer.alloc(10)]), until: Buffer.concat([id, Buffer.alloc(10, 0xff)]), limit },
    );
    return affected;
  },
};
