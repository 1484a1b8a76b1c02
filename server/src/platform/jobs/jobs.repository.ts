import type { SqlValue, Tx, WriteTx } from '../database.ts';

export interface Job {
  readonly id: Buffer;
  readonly topic: string;
  /** JSON. */
  readonly payload: string;
  readonly attempts: number;
}

export interface NewJob extends Job {
  readonly runAfter: Date;
}

type JobRow = { id: Buffer; topic: string; payload: string; attempts: number };

const INSERT_JOBS = 'INSERT INTO outbox (id, topic, payload, attempts, run_after) VALUES :rows';

function rowOf({ id, topic, payload, attempts, runAfter }: NewJob): SqlValue[] {
  return [id, topic, payload, attempts, runAfter];
}

/** The outbox: what must follow a commit, written in the same transaction (R8). */
export const jobsRepository = {
  async insert(tx: Tx, job: NewJob): Promise<void> {
    await tx.run(INSERT_JOBS, { rows: [rowOf(job)] });
  },

  insertAtCommit(tx: WriteTx, jobs: readonly NewJob[]): void {
    tx.atCommit(INSERT_JOBS, { rows: jobs.map(rowOf) });
  },

  /** Rows that are due, locked; rows another node has locked are passed over. */
  async takeDue(
    tx: Tx,
    due: { readonly topics: readonly string[]; readonly now: Date; readonly max: number },
  ): Promise<Job[]> {
    return tx.rows<JobRow>(
      `SELECT id, topic, payload, attempts FROM outbox
       WHERE run_after <= :now AND topic IN (:topics) ORDER BY run_after LIMIT :max FOR UPDATE SKIP LOCKED`,
      { ...due },
    );
  },

  /** Nobody else takes these until then: a node that dies in between has only delayed them. */
  async postpone(tx: Tx, ids: readonly Buffer[], runAfter: Date): Promise<void> {
    await tx.run('UPDATE outbox SET attempts = attempts + 1, run_after = :runAfter WHERE id IN (:ids)', {
      ids,
      runAfter,
    });
  },

  async delay(tx: Tx, id: Buffer, runAfter: Date): Promise<void> {
    await tx.run('UPDATE outbox SET run_after = :runAfter WHERE id = :id', { id, runAfter });
  },

  async remove(tx: Tx, id: Buffer): Promise<void> {
    await tx.run('DELETE FROM outbox WHERE id = :id', { id });
  },

  async bury(tx: Tx, job: Job & { readonly reason: string; readonly diedAt: Date }): Promise<void> {
    await tx.run(
      'INSERT INTO dead_letters (id, topic, payload, reason, died_at) VALUES (:id, :topic, :payload, :reason, :diedAt)',
      {
        id: job.id,
        topic: job.topic,
        payload: job.payload,
        reason: job.reason,
        diedAt: job.diedAt,
      },
    );
    await jobsRepository.remove(tx, job.id);
  },
};
