import type { Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';
import { sharing } from './chats.fellows.repository.ts';
import { CHAT_COLUMNS, toStoredChat, type ChatColumns, type StoredChat } from './chats.stored.ts';

export interface StoredMember {
  readonly user: User;
  readonly role: Role | null;
  readonly revision: number;
}

export interface Seat {
  readonly role: Role;
  /** Nothing at or before this position stands to this person. */
  readonly cleared: number;
  /** `BARS` */
  readonly bars: number;
}

export interface NewMember {
  readonly userId: UserId;
  readonly role: Role;
  readonly revision: number;
  /** What was written before is not unread to them. */
  readonly readPosition: number;
  readonly profileRevision: number;
}

const MEMBER_COLUMNS = `m.role, m.revision, ${USER_COLUMNS}`;

type MemberColumns = UserColumns & { role: Role | null; revision: number };

export type ChatRepository = typeof chatRepository;

export const chatRepository = {
  /** Holds the chat's row until the transaction ends, so that its changes commit one after another (R1). */
  lock: (tx: Tx, chatId: ChatId) => find(tx, chatId, 'FOR UPDATE'),

  read: (tx: Tx, chatId: ChatId) => find(tx, chatId, ''),

  async findByDirectKey(tx: Tx, key: Buffer): Promise<ChatId | undefined> {
    const [row] = await tx.rows<{ id: Buffer }>('SELECT id FROM chats WHERE direct_key = :key', { key });
    return row && fromBytes<ChatId>(row.id);
  },

  async insert(tx: Tx, chat: StoredChat, directKey: Buffer | null): Promise<void> {
    await tx.run(
      `INSERT INTO chats (id, kind, title, direct_key, revision, own_revision, epoch, last_position, member_count, created_at)
       VALUES (:id, :kind, :title, :directKey, 0, 0, 0, 0, 0, :createdAt)`,
      { id: toBytes(chat.id), kind: chat.kind, title: chat.title, directKey, createdAt: chat.createdAt },
    );
  },

  async save(tx: Tx, chat: StoredChat): Promise<void> {
    await tx.run(
      `UPDATE chats SET title = :title, revision = :revision, own_revision = :ownRevision, epoch = :epoch,
         last_position = :lastPosition, member_count = :memberCount, call_id = :callId,
         call_started_by = :callStartedBy, call_started_at = :callStartedAt, call_way = :callWay, call_is_sealed = :callIsSealed,
         description = :description, picture_id = :pictureId, emoji_revision = :emojiRevision,
         is_announcement_only = :isAnnouncementOnly, slow_mode_seconds = :slowModeSeconds,
         message_lifetime_seconds = :messageLifetimeSeconds, cleared_position = :clearedPosition, key_number = :keyNumber
       WHERE id = :id`,
      {
        id: toBytes(chat.id),
        title: chat.title,
        revision: chat.revision,
        ownRevision: chat.ownRevision,
        epoch: chat.epoch,
        lastPosition: chat.lastPosition,
        memberCount: chat.memberCount,
        callId: chat.call && toBytes(chat.call.id),
        callStartedBy: chat.call && toBytes(chat.call.startedBy),
        callStartedAt: chat.call && new Date(chat.call.startedAt),
        callWay: chat.call?.way ?? 'sfu',
        callIsSealed: chat.call?.isSealed === true,
        messageLifetimeSeconds: chat.messageLifetimeSeconds,
        description: chat.description,
        pictureId: chat.pictureId && toBytes(chat.pictureId),
        emojiRevision: chat.emojiRevision,
        isAnnouncementOnly: chat.isAnnouncementOnly,
        slowModeSeconds: chat.slowModeSeconds,
        clearedPosition: chat.clearedPosition,
        keyNumber: chat.keyNumber,
      },
    );
  },

  async remove(tx: Tx, chatId: ChatId): Promise<void> {
    const values = { id: toBytes(chatId) };
    await tx.run('DELETE FROM chat_keys WHERE chat_id = :id', values);
    await tx.run('DELETE FROM members WHERE chat_id = :id', values);
    await tx.run('DELETE FROM chats WHERE id = :id', values);
  },

  /** Of a present member. */
  async seatOf(tx: Tx, chatId: ChatId, userId: UserId): Promise<Seat | undefined> {
    const [row] = await tx.rows<{ role: Role; cleared: number; bars: number }>(
      `SELECT m.role, m.bars, GREATEST(m.cleared_position, c.cleared_position) AS cleared
       FROM members m JOIN chats c ON c.id = m.chat_id
       WHERE m.chat_id = :chatId AND m.user_id = :userId AND m.role IS NOT NULL`,
      { chatId: toBytes(chatId), userId: toBytes(userId) },
    );
    return row;
  },

  /** Those of these people who are members now. */
  async membersAmong(tx: Tx, chatId: ChatId, userIds: readonly UserId[]): Promise<StoredMember[]> {
    if (userIds.length === 0) return [];
    const rows = await tx.rows<MemberColumns>(
      `SELECT ${MEMBER_COLUMNS} FROM members m JOIN users u ON u.id = m.user_id
       WHERE m.chat_id = :chatId AND m.user_id IN (:userIds) AND m.role IS NOT NULL`,
      { chatId: toBytes(chatId), userIds: userIds.map(toBytes) },
    );
    return rows.map(toStoredMember);
  },

  async pageOfMembers(tx: Tx, page: { chatId: ChatId; after: UserId | null; limit: number }): Promise<StoredMember[]> {
    const rows = await tx.rows<MemberColumns>(
      `SELECT ${MEMBER_COLUMNS} FROM members m JOIN users u ON u.id = m.user_id
       WHERE m.chat_id = :chatId AND m.user_id > :after AND m.role IS NOT NULL
       ORDER BY m.user_id LIMIT :limit`,
      { chatId: toBytes(page.chatId), after: page.after ? toBytes(page.after) : Buffer.alloc(0), limit: page.limit },
    );
    return rows.map(toStoredMember);
  },

  /** Members whose user name or display name begins so; the letters are taken as they are, also `%` and `_`. */
  async membersByName(tx: Tx, search: { chatId: ChatId; beginning: string; limit: number }): Promise<StoredMember[]> {
    const pattern = `${search.beginning.replaceAll(/[!%_]/g, '!$&')}%`;
    const rows = await tx.rows<MemberColumns>(
      `SELECT ${MEMBER_COLUMNS} FROM members m JOIN users u ON u.id = m.user_id
       WHERE m.chat_id = :chatId AND m.role IS NOT NULL
         AND (CONVERT(u.user_name USING utf8mb4) LIKE :userName ESCAPE '!' OR u.display_name LIKE :displayName ESCAPE '!')
       ORDER BY u.user_name LIMIT :limit`,
      {
        chatId: toBytes(search.chatId),
        userName: pattern.toLowerCase(),
        displayName: pattern,
        limit: search.limit,
      },
    );
    return rows.map(toStoredMember);
  },

  async managersOf(tx: Tx, chatId: ChatId, limit: number): Promise<UserId[]> {
    const rows = await tx.rows<{ userId: Buffer }>(
      `SELECT user_id AS userId FROM members WHERE chat_id = :chatId AND role IN ('owner', 'admin') LIMIT :limit`,
      { chatId: toBytes(chatId), limit },
    );
    return rows.map((row) => fromBytes<UserId>(row.userId));
  },

  async countOwners(tx: Tx, chatId: ChatId): Promise<number> {
    const [row] = await tx.rows<{ owners: number }>(
      `SELECT COUNT(*) AS owners FROM members WHERE chat_id = :chatId AND role = 'owner'`,
      { chatId: toBytes(chatId) },
    );
    return row?.owners ?? 0;
  },

  /** Someone who was in the chat before takes their old row again. */
  async putMembers(tx: Tx, chatId: ChatId, added: { members: readonly NewMember[]; at: Date }): Promise<void> {
    const chat = toBytes(chatId);
    await tx.run(
      `INSERT INTO members (chat_id, user_id, role, revision, read_position, delivered_position, shown_read_position,
         shown_delivered_position, joined_at, profile_revision)
       VALUES :rows
       ON DUPLICATE KEY UPDATE role = VALUES(role), revision = VALUES(revision), read_position = VALUES(read_position),
         delivered_position = VALUES(delivered_position), shown_read_position = VALUES(shown_read_position),
         shown_delivered_position = VALUES(shown_delivered_position), joined_at = VALUES(joined_at),
         profile_revision = VALUES(profile_revision)`,
      {
        rows: added.members.map((m) => [
          chat,
          toBytes(m.userId),
          m.role,
          m.revision,
          m.readPosition,
          m.readPosition,
          m.readPosition,
          m.readPosition,
          added.at,
          m.profileRevision,
        ]),
      },
    );
  },

  async setRole(
    tx: Tx,
    chatId: ChatId,
    member: { userId: UserId; role: Role | null; revision: number },
  ): Promise<void> {
    await tx.run(
      'UPDATE members SET role = :role, revision = :revision WHERE chat_id = :chatId AND user_id = :userId',
      { chatId: toBytes(chatId), userId: toBytes(member.userId), role: member.role, revision: member.revision },
    );
  },

  /** These people as they are, in the order given. */
  async usersNow(tx: Tx, users: readonly Pick<User, 'id'>[]): Promise<User[]> {
    const sql = `SELECT ${USER_COLUMNS} FROM users u WHERE u.id IN (:ids)`;
    const rows = await tx.rows<UserColumns>(sql, { ids: users.map(({ id }) => toBytes(id)) });
    const found = new Map(rows.map(toUser).map((user) => [user.id, user]));
    return users.flatMap(({ id }) => found.get(id) ?? []);
  },

  /** The chat is told this profile of theirs. */
  async setToldProfile(
    tx: Tx,
    chatId: ChatId,
    told: { userId: UserId; revision: number; profileRevision: number },
  ): Promise<void> {
    await tx.run(
      `UPDATE members SET revision = :revision, profile_revision = :profileRevision
       WHERE chat_id = :chatId AND user_id = :userId`,
      { ...told, chatId: toBytes(chatId), userId: toBytes(told.userId) },
    );
  },

  /** Gives each of these people their next revision, and holds their rows, taken in the order of their ids. */
  async raisePersons(tx: Tx, userIds: readonly UserId[]): Promise<void> {
    await tx.run('UPDATE users SET revision = revision + 1 WHERE id IN (:ids)', { ids: userIds.map(toBytes) });
  },

  /** Marks these people's places in this chat with their revisions, and answers those. */
  async placePersons(tx: Tx, chatId: ChatId, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, number>> {
    const values = { chatId: toBytes(chatId), ids: userIds.map(toBytes) };
    await tx.run(
      `UPDATE members m JOIN users u ON u.id = m.user_id SET m.person_revision = u.revision
       WHERE m.chat_id = :chatId AND m.user_id IN (:ids)`,
      values,
    );
    const rows = await tx.rows<{ id: Buffer; revision: number }>(
      'SELECT id, revision FROM users WHERE id IN (:ids)',
      values,
    );
    return new Map(rows.map((row) => [fromBytes<UserId>(row.id), row.revision]));
  },

  /** Those of these people who share a chat with this person, or once did. */
  acquaintancesAmong: (tx: Tx, userId: UserId, userIds: readonly UserId[]) => sharing(tx, { userId, userIds }, ''),

  /** Those of these people who share a chat with this person now. */
  fellowsAmong: (tx: Tx, userId: UserId, userIds: readonly UserId[]) =>
    sharing(tx, { userId, userIds }, 'AND theirs.role IS NOT NULL AND mine.role IS NOT NULL'),
};

async function find(tx: Tx, chatId: ChatId, hold: 'FOR UPDATE' | ''): Promise<StoredChat | undefined> {
  const sql = `SELECT ${CHAT_COLUMNS} FROM chats c WHERE c.id = :id ${hold}`;
  const [row] = await tx.rows<ChatColumns>(sql, { id: toBytes(chatId) });
  return row && toStoredChat(row);
}

function toStoredMember(row: MemberColumns): StoredMember {
  const { role, revision } = row;
  return { user: toUser(row), role, revision };
}
