import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startChild, until } from '../../e2e/support/children.ts';
import type { Figures, Scenario } from './scenario.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The first start builds the page and lays out a database; the second is what people wait for every day. */
const FIRST_MS = 180_000;

/** `npm start` when everything has been there before. */
export const warmStart: Scenario = {
  name: 'start',
  words: '`npm start`, not for the first time',
  dialogOnly: true,
  repeats: 2,
  measures: [
    {
      name: 'readyMs',
      words: 'until the address is printed and /readyz says yes',
      unit: 'ms',
      bar: { atMost: 6_000 },
      absolute: true,
    },
  ],
  async measure(): Promise<Figures> {
    const data = await mkdtemp(join(tmpdir(), 'dialog-start-'));
    try {
      await timeStart(data);
      return { readyMs: await timeStart(data) };
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  },
};

async function timeStart(data: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = startChild(['npm', 'start'], { cwd: ROOT, env: { DIALOG_DATA: data, PORT: `${port}` } });
  try {
    await until(() => child.hasEnded() || child.said().includes('Dialog is ready'), {
      what: 'npm start',
      timeoutMs: FIRST_MS,
      everyMs: 10,
    });
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    if (!answer.ok) throw new Error(`not ready: ${child.said()}`);
    return performance.now() - startedAt;
  } finally {
    await child.stop();
    // npm may be gone before what it started.
    await until(() => !existsSync(join(data, 'lock')), { what: 'the end of npm start' });
  }
}
