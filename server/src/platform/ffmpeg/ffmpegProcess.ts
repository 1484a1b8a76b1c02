import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

const RUN_MS = 30_000;
const SAID_MAX = 20_000;
/** Of one run: address space, processor seconds, and the file it writes. */
const LIMITS = ['--as=2000000000', '--cpu=30', '--fsize=64000000', '--core=0'];

/** A program by its path, or by its name on PATH. */
export async function findTool(name: string): Promise<string | undefined> {
  const folders = name.includes('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter);
  for (const folder of folders) {
    const path = folder === '' ? resolve(name) : join(folder, name);
    // oxlint-disable-next-line no-await-in-loop -- the first one counts
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

/** What to put before a command, so that it takes less than it may: as much of it as this system has. */
export async function confined(): Promise<string[]> {
  const [limiter, nice] = [await findTool('prlimit'), await findTool('nice')];
  return [...(limiter ? [limiter, ...LIMITS] : []), ...(nice ? [nice, '-n', '15'] : [])];
}

/**
 * Answers what it says. Nothing of our environment: it holds secrets.
 * @throws Error when it fails, or has not ended in time
 */
export function runProgram([command = '', ...args]: readonly string[], withinMs = RUN_MS): Promise<string> {
  return new Promise((resolveWith, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: {}, cwd: '/' });
    const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
    let said = '';
    const hear = (bytes: Buffer): void => void (said = (said + bytes.toString()).slice(0, SAID_MAX));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolveWith(said);
      else reject(new Error(`ended with ${code ?? 'a signal'}: ${said.slice(-500)}`));
    });
  });
}
