import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './folders.mjs';
import { isProgram } from './programs.mjs';
import { Failure } from './progress.mjs';
import { lastWords, run } from './run.mjs';
import { takeLock } from './lock.mjs';
import { sleep } from './waiting.mjs';

/** The newest whose Go modules all come from the public module proxy; the version in go.mod is the same. */
const BUILT_VERSION = '1.13.5';
const RELEASED_VERSION = '1.13.11';
const RELEASES = 'https://github.com/livekit/livekit/releases/download';
/** @type {Record<string, string>} */
const RELEASE_NAMES = { x64: 'amd64', arm64: 'arm64', arm: 'armv7' };
const CONNECT_WITHIN_MS = 5000;
const DOWNLOAD_WITHIN_MS = 5 * 60_000;
const BUILD_WITHIN_MS = 30 * 60_000;
const BUILD_TELLS_EVERY_MS = 30_000;

/** @typedef {{ env: NodeJS.ProcessEnv, cache: string, progress: import('./progress.mjs').Progress, find: typeof import('./programs.mjs').findProgram }} Context */

/**
 * LiveKit from the cache, else from its release, else built from source. It is kept outside of the checkout.
 *
 * @param {Context} context
 * @returns {Promise<string>} The program's path.
 */
export async function provideLivekitProgram(context) {
  const folder = join(context.cache, 'livekit');
  mkdirSync(folder, { recursive: true });
  const built = join(folder, `livekit-server-${BUILT_VERSION}`);
  const released = join(folder, `livekit-server-${RELEASED_VERSION}`);
  const known = [released, built].find(isProgram);
  if (known) return known;

  // Two starts share one cache; the second waits for what the first one makes.
  const release = await waitForLock(folder, context);
  try {
    const meanwhile = [released, built].find(isProgram);
    if (meanwhile) return meanwhile;
    const whyNoRelease = await downloadRelease(released, context);
    if (!whyNoRelease) return released;
    const whyNoBuild = await build(built, context);
    if (!whyNoBuild) return built;
    throw new Failure(
      `LiveKit is not on this machine, its release could not be downloaded (${whyNoRelease}) and it could not be built (${whyNoBuild}). Everything but calls works.`,
      'Install Go 1.26 (https://go.dev/dl) or put livekit-server on PATH and start again, or name a running one by LIVEKIT_URL.',
    );
  } finally {
    release();
  }
}

/** @param {string} folder @param {Context} context */
async function waitForLock(folder, { progress }) {
  for (let isTold = false; ; isTold = true) {
    const lock = takeLock(folder);
    if (lock.heldBy === undefined) return lock.release;
    if (!isTold) progress.line(`Another start (process ${lock.heldBy.pid}) is getting LiveKit; waiting for it.`);
    await sleep(500);
  }
}

/**
 * Its digest is checked against the list that is published with the release.
 *
 * @param {string} target
 * @param {Context} context
 * @returns {Promise<string>} Why not, or ''.
 */
async function downloadRelease(target, { env, progress }) {
  const base = `${env['DIALOG_LIVEKIT_RELEASES'] || RELEASES}/v${RELEASED_VERSION}`;
  const machine = RELEASE_NAMES[arch()];
  if (!machine || platform() !== 'linux') return 'there is none for this kind of machine';
  const name = `livekit_${RELEASED_VERSION}_linux_${machine}.tar.gz`;
  const draft = mkdtempSync(`${target}.`);
  try {
    const list = await (await fetchWithin(`${base}/checksums.txt`, CONNECT_WITHIN_MS)).text();
    const expected = list
      .split('\n')
      .find((line) => line.endsWith(` ${name}`))
      ?.split(' ')[0];
    if (!expected) return `no digest of ${name} is published`;
    return await progress.step(`Downloading LiveKit ${RELEASED_VERSION}`, async () => {
      const archive = Buffer.from(await (await fetchWithin(`${base}/${name}`, DOWNLOAD_WITHIN_MS)).arrayBuffer());
      if (createHash('sha256').update(archive).digest('hex') !== expected)
        return 'its SHA-256 is not the published one';
      writeFileSync(join(draft, name), archive);
      const { code, tail } = await run('tar', ['-xzf', name, 'livekit-server'], { cwd: draft });
      if (code !== 0) return lastWords(tail);
      renameSync(join(draft, 'livekit-server'), target);
      return '';
    });
  } catch (error) {
    return reasonOf(error);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {string} url @param {number} withinMs */
async function fetchWithin(url, withinMs) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(withinMs) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer;
}

/** @param {unknown} error */
function reasonOf(error) {
  const { message, cause } = /** @type {Error} */ (error);
  return cause instanceof Error ? cause.message : message;
}

/**
 * Every module's digest is in go.sum beside go.mod, so what is built is what was looked at.
 *
 * @param {string} target
 * @param {Context} context
 * @returns {Promise<string>} Why not, or ''.
 */
async function build(target, { env, cache, progress, find }) {
  const go = find(['go'], { env });
  if (!go) return 'Go is not installed';
  const folder = join(cache, 'livekit', `build-${BUILT_VERSION}`);
  mkdirSync(folder, { recursive: true });
  for (const file of ['go.mod', 'go.sum']) copyFileSync(join(ROOT, 'scripts', 'livekit', file), join(folder, file));
  const draft = `${target}.new`;
  const startedAt = Date.now();
  const tell = setInterval(() => {
    progress.line(
      `Still building LiveKit (${Math.round((Date.now() - startedAt) / 1000)} s; about three minutes on two cores).`,
    );
  }, BUILD_TELLS_EVERY_MS);
  try {
    const { code, tail } = await progress.step(`Building LiveKit ${BUILT_VERSION} from source`, () =>
      run(
        go,
        ['build', '-trimpath', '-ldflags', '-s -w', '-o', draft, 'github.com/livekit/livekit-server/cmd/server'],
        {
          cwd: folder,
          env: { ...env, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
          timeoutMs: BUILD_WITHIN_MS,
          // People can write already while it is built; they come first.
          niceness: 10,
        },
      ),
    );
    if (code !== 0) return `Go said: ${lastWords(tail)}`;
    renameSync(draft, target);
    return '';
  } finally {
    clearInterval(tell);
  }
}
