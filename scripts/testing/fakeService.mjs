// A service for tests: listens on a port, and can be stubborn, have a child of its own, or fail.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const [port, ...traits] = process.argv.slice(2);

if (traits.includes('fails')) {
  process.stderr.write('fatal: the fake has no power\n');
  process.exit(3);
}
if (traits.includes('stubborn')) process.on('SIGTERM', () => {});
if (traits.includes('parent')) {
  const stayAlive = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
  const child = spawn(process.execPath, ['-e', stayAlive], { stdio: 'ignore' });
  process.stdout.write(`child ${child.pid}\n`);
}
createServer((socket) => socket.end()).listen(Number(port), '127.0.0.1');
