import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/startTestApp.ts';
import { createJobs, type Jobs } from './jobs.ts';

let app: TestApp;
let nowMs = Date.UTC(2026, 0, 1);
const started: Jobs[] = [];

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(async () => {
  await Promise.all(started.map((jobs) => jobs.stop()));
  await app.stop();
});

function jobsDoing(topic: string, work: (payload: unknown) => Promise<void>): Jobs {
  const jobs = createJobs({ db: app.app.db, log: app.app.log, now: () => new Date(nowMs) });
  jobs.handle(topic, work);
  jobs.start();
  started.push(jobs);
  return jobs;
}

const rowsOf = (table: 'outbox' | 'dead_letters', topic: string) =>
  app.app.db.rows<{ reason?: string; attempts?: number }>(`SELECT * FROM ${table} WHERE topic = :topic`, { topic });

test('R8: what follows a commit is done once, by one of the nodes; what was rolled back never is', async () => {
  const done: unknown[] = [];
  const nodes = [1, 2].map(() => jobsDoing('test.once', async (payload) => void done.push(payload)));
  const [first] = nodes;
  const undone = app.app.db.transaction(async (tx) => {
    await first?.add(tx, 'test.once', 'rolled back');
    throw new Error('the act failed');
  });
  await expect(undone).rejects.toThrow('the act failed');
  await app.app.db.transaction(async (tx) => first?.add(tx, 'test.once', 'committed'));

  for (const node of nodes) node.kick();

  await vi.waitFor(async () => expect(await rowsOf('outbox', 'test.once')).toEqual([]));
  expect(done).toEqual(['committed']);
});

test('R8: a job that fails five times is kept with its reason, and those beside it are done meanwhile', async () => {
  let tries = 0;
  const done: unknown[] = [];
  const jobs = jobsDoing('test.poison', async (payload) => {
    if (payload !== 'poison') return void done.push(payload);
    tries += 1;
    throw new Error('it never works');
  });
  await app.app.db.transaction(async (tx) => {
    await jobs.add(tx, 'test.poison', 'poison');
    await jobs.add(tx, 'test.poison', 'healthy');
  });

  jobs.kick();
  await vi.waitFor(() => expect([tries, done]).toEqual([1, ['healthy']]));
  for (let expected = 2; expected <= 5; expected += 1) {
    nowMs += 60_000;
    jobs.kick();
    await vi.waitFor(() => expect(tries).toBe(expected), { timeout: 5_000 });
  }

  await vi.waitFor(async () => {
    expect(await rowsOf('dead_letters', 'test.poison')).toMatchObject([{ reason: 'Error: it never works' }]);
  });
  expect(await rowsOf('outbox', 'test.poison')).toEqual([]);
});

test('a job that takes long holds up nobody but itself', async () => {
  const done: unknown[] = [];
  let finish: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const jobs = jobsDoing('test.slow', async (payload) => {
    if (payload === 'slow') await slow;
    done.push(payload);
  });
  await app.app.db.transaction(async (tx) => jobs.add(tx, 'test.slow', 'slow'));
  jobs.kick();
  await vi.waitFor(async () => expect(await rowsOf('outbox', 'test.slow')).toMatchObject([{ attempts: 1 }]));
  await app.app.db.transaction(async (tx) => jobs.addAtCommit(tx, 'test.slow', ['quick', 'quick too']));
  jobs.kick();
  await vi.waitFor(() => expect(new Set(done)).toEqual(new Set(['quick', 'quick too'])));
  finish();
  await vi.waitFor(async () => expect(await rowsOf('outbox', 'test.slow')).toEqual([]));
  expect(done.at(-1)).toBe('slow');
});
