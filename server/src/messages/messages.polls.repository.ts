import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';

interface At {
  readonly chatId: ChatId;
  readonly position: number;
}

export type PollRepository = typeof pollRepository;

export const pollRepository = {
  /** These options are the person's vote from now on. */
  async putVotes(
    tx: Tx,
    { chatId, position }: At,
    vote: { userId: UserId; options: readonly number[] },
  ): Promise<void> {
    const [chat, user] = [toBytes(chatId), toBytes(vote.userId)];
    await tx.run('DELETE FROM poll_votes WHERE chat_id = :chat AND position = :position AND user_id = :user', {
      ...{ chat, position, user },
    });
    if (vote.options.length === 0) return;
    await tx.run('INSERT INTO poll_votes (chat_id, position, user_id, option_index) VALUES :rows', {
      rows: vote.options.map((option) => [chat, position, user, option]),
    });
  },

  async tally(tx: Tx, { chatId, position }: At, options: number): Promise<{ counts: number[]; voters: number }> {
    const values = { chatId: toBytes(chatId), position };
    const rows = await tx.rows<{ option: number; votes: number }>(
      `SELECT option_index AS \`option\`, COUNT(*) AS votes FROM poll_votes
       WHERE chat_id = :chatId AND position = :position GROUP BY option_index`,
      values,
    );
    const [all] = await tx.rows<{ voters: number }>(
      'SELECT COUNT(DISTINCT user_id) AS voters FROM poll_votes WHERE chat_id = :chatId AND position = :position',
      values,
    );
    const counts = Array.from({ length: options }, () => 0);
    for (const { option, votes } of rows) counts[option] = votes;
    return { counts, voters: all?.voters ?? 0 };
  },

  /** In the order of their ids. */
  async voters(
    tx: Tx,
    { chatId, position }: At,
    page: { option: number; after: UserId | null; limit: number },
  ): Promise<User[]> {
    const rows = await tx.rows<UserColumns>(
      `SELECT ${USER_COLUMNS}
       FROM poll_votes v JOIN users u ON u.id = v.user_id
       WHERE v.chat_id = :chatId AND v.position = :position AND v.option_index = :option AND v.user_id > :after
       ORDER BY v.user_id LIMIT :limit`,
      {
        ...{ position, option: page.option, limit: page.limit },
        chatId: toBytes(chatId),
        after: page.after ? toBytes(page.after) : Buffer.alloc(0),
      },
    );
    return rows.map(toUser);
  },
};
