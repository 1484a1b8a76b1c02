import type { AttachmentKind } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId, UserId } from '@dialog/shared/contract/values';
import type { WrappedKey } from '../chats/chats.keys.ts';
import type { Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** `held`: a scheduled message has it, until it is posted or cancelled. */
export type AttachmentState = 'uploading' | 'ready' | 'held' | 'attached';

export interface StoredAttachment {
  readonly id: AttachmentId;
  readonly chatId: ChatId;
  readonly uploaderId: UserId;
  readonly state: AttachmentState;
  readonly kind: AttachmentKind;
  readonly mime: string;
  readonly size: number;
  readonly received: number;
  /** Sealed, as are the facts. */
  readonly name: Buffer;
  readonly facts: Buffer;
  readonly position: number | null;
  readonly attachedAt: Date | null;
  readonly createdAt: Date;
}

type Columns = Omit<StoredAttachment, 'id' | 'chatId' | 'uploaderId'> & {
  id: Buffer;
  chatId: Buffer;
  uploaderId: Buffer;
};

const COLUMNS = `a.id, a.chat_id AS chatId, a.uploader_id AS uploaderId, a.state, a.kind, a.mime, a.size, a.received,
  a.name, a.facts, a.position, a.attached_at AS attachedAt, a.created_at AS createdAt`;

/** A request that stopped saying so has lost its hold after this. */
const HELD_SECONDS = 20;

export type AttachmentRepository = typeof attachmentRepository;

export const attachmentRepository = {
  /** With the bytes of what was made of it already. @throws ER_DUP_ENTRY when the id is taken. */
  async insert(tx: Tx, attachment: StoredAttachment, madeBytes = 0): Promise<void> {
    const { id, chatId, uploaderId, state, kind, mime, size, received, name, facts, createdAt } = attachment;
    await tx.run(
      `INSERT INTO attachments
         (id, chat_id, uploader_id, state, kind, mime, size, made_bytes, received, name, facts, created_at)
       VALUES
         (:id, :chatId, :uploaderId, :state, :kind, :mime, :size, :madeBytes, :received, :name, :facts, :createdAt)`,
      {
        ...{ state, kind, mime, size, madeBytes, received, name, facts, createdAt },
        id: toBytes(id),
        chatId: toBytes(chatId),
        uploaderId: toBytes(uploaderId),
      },
    );
  },

  /** Of a chat that this person is in now, unless they or everyone have cleared it; with the key of that very moment. */
  async find(
    tx: Tx,
    id: AttachmentId,
    userId: UserId,
  ): Promise<{ attachment: StoredAttachment; wrappedKey: WrappedKey } | undefined> {
    const [row] = await tx.rows<Columns & { wrapped: Buffer; keyNumber: number }>(
      `SELECT ${COLUMNS}, k.wrapped_key AS wrapped, k.number AS keyNumber FROM attachments a
         JOIN members m ON m.chat_id = a.chat_id AND m.user_id = :userId AND m.role IS NOT NULL
         JOIN chats c ON c.id = a.chat_id
         JOIN chat_keys k ON k.chat_id = a.chat_id
       WHERE a.id = :id AND (a.position IS NULL OR a.position > GREATEST(m.cleared_position, c.cleared_position))`,
      { id: toBytes(id), userId: toBytes(userId) },
    );
    if (!row) return undefined;
    const { wrapped, keyNumber, ...columns } = row;
    const attachment = toStored(columns);
    return { attachment, wrappedKey: { chatId: attachment.chatId, wrapped, number: keyNumber } };
  },

  /** Held until the transaction ends. */
  async lockMany(tx: Tx, ids: readonly AttachmentId[]): Promise<StoredAttachment[]> {
    const rows = await tx.rows<Columns>(
      `SELECT ${COLUMNS} FROM attachments a WHERE a.id IN (:ids) ORDER BY a.id FOR UPDATE`,
      { ids: ids.map(toBytes) },
    );
    return rows.map(toStored);
  },

  async isKnown(tx: Tx, id: AttachmentId): Promise<boolean> {
    return (await tx.rows('SELECT 1 FROM attachments WHERE id = :id', { id: toBytes(id) })).length > 0;
  },

  /** Takes or keeps the hold; false when another request has it, or the row is gone. By the database's clock. */
  async hold(tx: Tx, id: AttachmentId, holder: Buffer): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE attachments SET held_by = :holder, held_until = UTC_TIMESTAMP(3) + INTERVAL ${HELD_SECONDS} SECOND
       WHERE id = :id AND (held_by IS NULL OR held_by = :holder OR held_until < UTC_TIMESTAMP(3))`,
      { id: toBytes(id), holder },
    );
    return affected > 0;
  },

  async release(tx: Tx, id: AttachmentId, holder: Buffer): Promise<void> {
    await tx.run('UPDATE attachments SET held_by = NULL, held_until = NULL WHERE id = :id AND held_by = :holder', {
      id: toBytes(id),
      holder,
    });
  },

  /** False when it is gone, or no longer being uploaded. */
  async setReceived(tx: Tx, id: AttachmentId, received: number): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE attachments SET received = :received WHERE id = :id AND state = 'uploading'`,
      { id: toBytes(id), received },
    );
    return affected > 0;
  },

  /** False when it is gone, or another was quicker. */
  async setReady(
    tx: Tx,
    id: AttachmentId,
    ready: Pick<StoredAttachment, 'kind' | 'mime' | 'size' | 'facts'> & { readonly madeBytes: number },
  ): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE attachments SET state = 'ready', kind = :kind, mime = :mime, size = :size, made_bytes = :madeBytes,
         received = :size, facts = :facts
       WHERE id = :id AND state = 'uploading'`,
      {
        ...{ kind: ready.kind, mime: ready.mime, size: ready.size, madeBytes: ready.madeBytes, facts: ready.facts },
        id: toBytes(id),
      },
    );
    return affected > 0;
  },

  /** False when it is not ready, or not any more. */
  async setFacts(
    tx: Tx,
    id: AttachmentId,
    { facts, madeBytes }: Pick<StoredAttachment, 'facts'> & { readonly madeBytes: number },
  ): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE attachments SET facts = :facts, made_bytes = :madeBytes WHERE id = :id AND state = 'ready'`,
      { id: toBytes(id), facts, madeBytes },
    );
    return affected > 0;
  },

  /** Of what is locked and ready. */
  async setHeld(tx: Tx, ids: readonly AttachmentId[]): Promise<void> {
    await tx.run(`UPDATE attachments SET state = 'held' WHERE id IN (:ids)`, { ids: ids.map(toBytes) });
  },

  /** Answers which of them there were. */
  async heldAmong(tx: Tx, ids: readonly AttachmentId[]): Promise<AttachmentId[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      `SELECT id FROM attachments WHERE id IN (:ids) AND state = 'held' FOR UPDATE`,
      { ids: ids.map(toBytes) },
    );
    return rows.map((row) => fromBytes<AttachmentId>(row.id));
  },

  setAttachedAtCommit(
    tx: WriteTx,
    ids: readonly AttachmentId[],
    message: { readonly position: number; readonly postedAt: Date },
  ): void {
    tx.atCommit(
      `UPDATE attachments SET state = 'attached', position = :position, attached_at = :postedAt WHERE id IN (:ids)`,
      { ids: ids.map(toBytes), ...message },
    );
  },

  /** Newest first, of one kind, between two messages, but for what this person has deleted for themselves. */
  async pageOfKind(
    tx: Tx,
    page: { chatId: ChatId; userId: UserId; kind: AttachmentKind; before: number; after: number; limit: number },
  ): Promise<StoredAttachment[]> {
    const rows = await tx.rows<Columns>(
      `SELECT ${COLUMNS} FROM attachments a
         LEFT JOIN message_marks k ON k.user_id = :userId AND k.chat_id = a.chat_id AND k.position = a.position
       WHERE a.chat_id = :chatId AND a.kind = :kind AND a.position < :before AND a.position > :after
         AND k.is_hidden IS NOT TRUE
       ORDER BY a.position DESC LIMIT :limit`,
      { ...page, chatId: toBytes(page.chatId), userId: toBytes(page.userId) },
    );
    return rows.map(toStored);
  },

  /** Unfinished, or never posted, since before then. */
  async forgotten(tx: Tx, before: Date, limit: number): Promise<AttachmentId[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      `SELECT id FROM attachments WHERE state IN ('uploading', 'ready') AND created_at < :before LIMIT :limit`,
      { before, limit },
    );
    return rows.map((row) => fromBytes<AttachmentId>(row.id));
  },

  async idsAt(tx: Tx, chatId: ChatId, position: number): Promise<AttachmentId[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      'SELECT id FROM attachments WHERE chat_id = :chatId AND position = :position',
      { chatId: toBytes(chatId), position },
    );
    return rows.map((row) => fromBytes<AttachmentId>(row.id));
  },

  /** Those that messages up to a position hold; without one, all there are. */
  async idsOfChat(
    tx: Tx,
    { chatId, until, limit }: { chatId: ChatId; until: number | undefined; limit: number },
  ): Promise<AttachmentId[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      `SELECT id FROM attachments WHERE chat_id = :chatId ${until === undefined ? '' : 'AND position <= :until'}
       LIMIT :limit`,
      { chatId: toBytes(chatId), until: until ?? null, limit },
    );
    return rows.map((row) => fromBytes<AttachmentId>(row.id));
  },

  /** Those that no message holds yet, locked. */
  async lockUnattached(tx: Tx, chatId: ChatId): Promise<AttachmentId[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      'SELECT id FROM attachments WHERE chat_id = :chatId AND position IS NULL FOR UPDATE',
      { chatId: toBytes(chatId) },
    );
    return rows.map((row) => fromBytes<AttachmentId>(row.id));
  },

  async remove(tx: Tx, ids: readonly AttachmentId[]): Promise<void> {
    if (ids.length > 0) await tx.run('DELETE FROM attachments WHERE id IN (:ids)', { ids: ids.map(toBytes) });
  },

  /** True for the one caller that removed it; what a message holds, or will, stays. */
  async removeUnlessAttached(tx: Tx, id: AttachmentId): Promise<boolean> {
    const { affected } = await tx.run(`DELETE FROM attachments WHERE id = :id AND state IN ('uploading', 'ready')`, {
      id: toBytes(id),
    });
    return affected > 0;
  },

  /** All that lies in the storage for this person. */
  async bytesOf(tx: Tx, uploaderId: UserId): Promise<number> {
    const [row] = await tx.rows<{ bytes: string | number | null }>(
      'SELECT SUM(size + made_bytes) AS bytes FROM attachments WHERE uploader_id = :uploaderId',
      { uploaderId: toBytes(uploaderId) },
    );
    return Number(row?.bytes ?? 0);
  },

  /** As `bytesOf`, holding the person's row: of two files that come at once the second is counted with the first. */
  async bytesOfHeld(tx: Tx, uploaderId: UserId): Promise<number> {
    await tx.rows('SELECT id FROM users WHERE id = :uploaderId FOR UPDATE', { uploaderId: toBytes(uploaderId) });
    return attachmentRepository.bytesOf(tx, uploaderId);
  },

  async bytesOfAll(tx: Tx): Promise<number> {
    const [row] = await tx.rows<{ bytes: string | number | null }>(
      'SELECT SUM(size + made_bytes) AS bytes FROM attachments',
    );
    return Number(row?.bytes ?? 0);
  },
};

function toStored(row: Columns): StoredAttachment {
  return {
    ...row,
    id: fromBytes<AttachmentId>(row.id),
    chatId: fromBytes<ChatId>(row.chatId),
    uploaderId: fromBytes<UserId>(row.uploaderId),
  };
}
