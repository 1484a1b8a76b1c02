import type { JoinRequest } from '@dialog/shared/invites';
import type { ChatId, InviteId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';

/** A link as it is stored: its code sealed, and hashed to be found by. */
export interface StoredInvite {
  readonly id: InviteId;
  readonly chatId: ChatId;
  readonly codeHash: Buffer;
  readonly code: Buffer;
  readonly madeBy: UserId;
  readonly madeAt: Date;
  readonly expiresAt: Date | null;
  readonly usesMax: number | null;
  readonly uses: number;
  readonly needsApproval: boolean;
}

type InviteColumns = Omit<StoredInvite, 'id' | 'chatId' | 'madeBy' | 'needsApproval'> & {
  id: Buffer;
  chatId: Buffer;
  madeBy: Buffer;
  needsApproval: number;
};

const COLUMNS = `i.id, i.chat_id AS chatId, i.code_hash AS codeHash, i.code, i.made_by AS madeBy, i.made_at AS madeAt,
  i.expires_at AS expiresAt, i.uses_max AS usesMax, i.uses, i.needs_approval AS needsApproval`;

/** Expired and used up look as if they had never been. */
const IS_ALIVE = '(i.expires_at IS NULL OR i.expires_at > :now) AND (i.uses_max IS NULL OR i.uses < i.uses_max)';

type RequestColumns = UserColumns & { askedAt: Date };

export type InviteRepository = typeof inviteRepository;

export const inviteRepository = {
  async insert(tx: Tx, invite: StoredInvite): Promise<void> {
    const { codeHash, code, madeAt, expiresAt, usesMax, needsApproval } = invite;
    await tx.run(
      `INSERT INTO invites (id, chat_id, code_hash, code, made_by, made_at, expires_at, uses_max, needs_approval)
       VALUES (:id, :chatId, :codeHash, :code, :madeBy, :madeAt, :expiresAt, :usesMax, :needsApproval)`,
      {
        ...{ codeHash, code, madeAt, expiresAt, usesMax, needsApproval },
        id: toBytes(invite.id),
        chatId: toBytes(invite.chatId),
        madeBy: toBytes(invite.madeBy),
      },
    );
  },

  async countAlive(tx: Tx, chatId: ChatId, now: Date): Promise<number> {
    const [row] = await tx.rows<{ invites: number }>(
      `SELECT COUNT(*) AS invites FROM invites i WHERE i.chat_id = :chatId AND ${IS_ALIVE}`,
      { chatId: toBytes(chatId), now },
    );
    return row?.invites ?? 0;
  },

  /** The newest first. */
  async listAlive(tx: Tx, chatId: ChatId, { now, limit }: { now: Date; limit: number }): Promise<StoredInvite[]> {
    const rows = await tx.rows<InviteColumns>(
      `SELECT ${COLUMNS} FROM invites i WHERE i.chat_id = :chatId AND ${IS_ALIVE} ORDER BY i.made_at DESC LIMIT :limit`,
      { chatId: toBytes(chatId), now, limit },
    );
    return rows.map(toInvite);
  },

  /** Held until the transaction ends. */
  async lockInChat(tx: Tx, chatId: ChatId): Promise<StoredInvite[]> {
    const rows = await tx.rows<InviteColumns>(`SELECT ${COLUMNS} FROM invites i WHERE i.chat_id = :chatId FOR UPDATE`, {
      chatId: toBytes(chatId),
    });
    return rows.map(toInvite);
  },

  async putCode(tx: Tx, id: InviteId, code: Buffer): Promise<void> {
    await tx.run('UPDATE invites SET code = :code WHERE id = :id', { id: toBytes(id), code });
  },

  async findAlive(tx: Tx, codeHash: Buffer, now: Date): Promise<StoredInvite | undefined> {
    const [row] = await tx.rows<InviteColumns>(
      `SELECT ${COLUMNS} FROM invites i WHERE i.code_hash = :codeHash AND ${IS_ALIVE}`,
      { codeHash, now },
    );
    return row && toInvite(row);
  },

  /** Counts one more; false when it is no longer alive. */
  async use(tx: Tx, id: InviteId, now: Date): Promise<boolean> {
    const { affected } = await tx.run(`UPDATE invites i SET i.uses = i.uses + 1 WHERE i.id = :id AND ${IS_ALIVE}`, {
      id: toBytes(id),
      now,
    });
    return affected > 0;
  },

  async revoke(tx: Tx, chatId: ChatId, id: InviteId): Promise<void> {
    await tx.run('DELETE FROM invites WHERE id = :id AND chat_id = :chatId', {
      id: toBytes(id),
      chatId: toBytes(chatId),
    });
  },

  /** What can no longer be used makes room. */
  async removeDead(tx: Tx, chatId: ChatId, now: Date): Promise<void> {
    await tx.run(`DELETE FROM invites WHERE chat_id = :chatId AND (expires_at <= :now OR uses >= uses_max)`, {
      chatId: toBytes(chatId),
      now,
    });
  },

  async removeOfChat(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('DELETE FROM invites WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
    await tx.run('DELETE FROM join_requests WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  },

  async hasAsked(tx: Tx, chatId: ChatId, userId: UserId): Promise<boolean> {
    const rows = await tx.rows('SELECT 1 FROM join_requests WHERE chat_id = :chatId AND user_id = :userId', {
      chatId: toBytes(chatId),
      userId: toBytes(userId),
    });
    return rows.length > 0;
  },

  async ask(tx: Tx, chatId: ChatId, request: { userId: UserId; at: Date }): Promise<void> {
    await tx.run('INSERT INTO join_requests (chat_id, user_id, asked_at) VALUES (:chatId, :userId, :at)', {
      chatId: toBytes(chatId),
      userId: toBytes(request.userId),
      at: request.at,
    });
  },

  /** Whether there was one. */
  async removeRequest(tx: Tx, chatId: ChatId, userId: UserId): Promise<boolean> {
    const { affected } = await tx.run('DELETE FROM join_requests WHERE chat_id = :chatId AND user_id = :userId', {
      chatId: toBytes(chatId),
      userId: toBytes(userId),
    });
    return affected > 0;
  },

  async countRequests(tx: Tx, chatId: ChatId): Promise<number> {
    const [row] = await tx.rows<{ requests: number }>(
      'SELECT COUNT(*) AS requests FROM join_requests WHERE chat_id = :chatId',
      { chatId: toBytes(chatId) },
    );
    return row?.requests ?? 0;
  },

  async pageOfRequests(tx: Tx, page: { chatId: ChatId; after: UserId | null; limit: number }): Promise<JoinRequest[]> {
    const rows = await tx.rows<RequestColumns>(
      `SELECT ${USER_COLUMNS}, r.asked_at AS askedAt
       FROM join_requests r JOIN users u ON u.id = r.user_id
       WHERE r.chat_id = :chatId AND r.user_id > :after ORDER BY r.user_id LIMIT :limit`,
      { chatId: toBytes(page.chatId), after: page.after ? toBytes(page.after) : Buffer.alloc(0), limit: page.limit },
    );
    return rows.map(({ askedAt, ...row }) => ({
      user: toUser(row),
      askedAt: askedAt.toISOString(),
    }));
  },
};

function toInvite(row: InviteColumns): StoredInvite {
  return {
    ...row,
    id: fromBytes<InviteId>(row.id),
    chatId: fromBytes<ChatId>(row.chatId),
    madeBy: fromBytes<UserId>(row.madeBy),
    needsApproval: row.needsApproval === 1,
  };
}
