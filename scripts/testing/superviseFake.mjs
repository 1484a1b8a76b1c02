// A supervisor for tests to kill: keeps one fake service, and tells the numbers of both.
import { fileURLToPath } from 'node:url';
import { createSilence } from '../start/progress.mjs';
import { answers } from '../start/ports.mjs';
import { keepRunning } from '../start/supervise.mjs';

const [data = '', port = '', ...traits] = process.argv.slice(2);
const fake = fileURLToPath(new URL('fakeService.mjs', import.meta.url));
const service = await keepRunning(
  {
    name: 'Fake',
    command: process.execPath,
    args: [fake, port, ...traits],
    isReady: () => answers(Number(port)),
    readyWithinMs: 10_000,
    stopWithinMs: 500,
  },
  { data, progress: createSilence() },
);
process.stdout.write(`${JSON.stringify({ supervisor: process.pid, service: service.pid() })}\n`);
