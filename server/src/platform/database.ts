export type Row = Record<string, unknown>;

/** A value that SQL takes: ids as 16 bytes (`toBytes`), times as Date, lists for `IN (:ids)`, rows for `VALUES :rows`. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | readonly SqlValue[];
export type SqlValues = Readonly<Record<string, SqlValue>>;

/** SQL with `:name` placeholders, inside a transaction, a snapshot, or by itself. */
export interface Tx {
  rows<T extends Row>(sql: string, values?: SqlValues): Promise<T[]>;
  run(sql: string, values?: SqlValues): Promise<{ readonly affected: number }>;
}

/** A transaction that will commit. */
export interface WriteTx extends Tx {
  /**
   * Runs with the COMMIT, in one round trip, in the order of the calls. When one fails nothing is committed, and the
   * transaction fails with its error.
   */
  atCommit(sql: string, values?: SqlValues): void;
}

/**
 * MySQL or MariaDB. Each statement has 5 s and fails with `busy` after that, as does waiting for a connection (L7).
 */
export interface Database extends Tx {
  /** Reads that agree with each other: one REPEATABLE READ snapshot. */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * All or nothing, durable when it resolves (R9). READ COMMITTED: after a row is locked, reads see what was committed
   * before. Retried on deadlock, so `work` may run more than once and must do nothing but SQL.
   */
  transaction<T>(work: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
