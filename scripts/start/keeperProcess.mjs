/**
 * The keeper: outlives its parent by a moment, only to end what the parent started.
 *
 * Nothing runs when a process is killed with -9, but the kernel closes its pipes. The parent writes the groups it
 * starts to this process's standard input, a JSON line each; when that ends, every group still listed is ended.
 */
import { createInterface } from 'node:readline';

/** @type {Map<number, { signal: NodeJS.Signals, graceMs: number }>} */
const groups = new Map();

const isAlive = (/** @type {number} */ group) => {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
};

const send = (/** @type {number} */ group, /** @type {NodeJS.Signals} */ signal) => {
  try {
    process.kill(-group, signal);
  } catch {
    // It is gone already.
  }
};

async function endAll() {
  const startedAt = Date.now();
  for (const [group, { signal }] of groups) send(group, signal);
  while (groups.size > 0) {
    for (const [group, { graceMs }] of groups) {
      if (!isAlive(group)) groups.delete(group);
      else if (Date.now() - startedAt > graceMs) send(group, 'SIGKILL');
    }
    await new Promise((done) => {
      setTimeout(done, 50);
    });
  }
  process.exit(0);
}

// A signal for the whole session must not take the keeper before its work.
for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const { add, drop, signal, graceMs } = JSON.parse(line);
  if (typeof add === 'number') groups.set(add, { signal, graceMs });
  if (typeof drop === 'number') groups.delete(drop);
});
lines.on('close', () => void endAll());
