import type { ProofChange } from '@dialog/shared/auth.values';
import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface StoredChange {
  readonly id: string;
  readonly userId: UserId;
  readonly what: ProofChange;
  readonly device: string;
  readonly address: string;
  readonly at: Date;
}

interface Range {
  /** Ids: they stand in the order of time. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly max: number;
}

type Columns = Omit<StoredChange, 'id' | 'userId'> & { readonly id: Buffer; readonly userId: Buffer };

const SELECT = 'SELECT id, user_id AS userId, what, device, address, at FROM account_changes';

export type ChangeRepository = typeof changeRepository;

/** What changed of how people prove who they are. */
export const changeRepository = {
  /** By the device of this session, as it is now. */
  async insert(tx: Tx, change: Pick<StoredChange, 'id' | 'what' | 'at'> & { readonly caller: Caller }): Promise<void> {
    const { what, at, caller } = change;
    await tx.run(
      `INSERT INTO account_changes (id, user_id, what, device, address, at)
       SELECT :id, s.user_id, :what, s.device, s.address, :at FROM sessions s WHERE s.id = :sessionId`,
      { what, at, id: toBytes(change.id), sessionId: toBytes(caller.sessionId) },
    );
  },

  async find(tx: Tx, id: string): Promise<StoredChange | undefined> {
    const [row] = await tx.rows<Columns>(`${SELECT} WHERE id = :id`, { id: toBytes(id) });
    return row && changeOf(row);
  },

  /** The newest first. */
  async list(tx: Tx, userId: UserId, { before, after, max }: Range): Promise<StoredChange[]> {
    const rows = await tx.rows<Columns>(
      `${SELECT} WHERE user_id = :userId ${before === undefined ? '' : 'AND id < :before'}
         ${after === undefined ? '' : 'AND id > :after'} ORDER BY id DESC LIMIT :max`,
      {
        userId: toBytes(userId),
        before: before === undefined ? null : toBytes(before),
        after: after === undefined ? null : toBytes(after),
        max,
      },
    );
    return rows.map(changeOf);
  },

  async removeBefore(tx: Tx, at: Date, max: number): Promise<number> {
    const { affected } = await tx.run('DELETE FROM account_changes WHERE at < :at ORDER BY at LIMIT :max', { at, max });
    return affected;
  },
};

function changeOf({ id, userId, ...rest }: Columns): StoredChange {
  return { ...rest, id: fromBytes<string>(id), userId: fromBytes<UserId>(userId) };
}
