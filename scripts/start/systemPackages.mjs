import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findProgram } from './programs.mjs';
import { lastWords, run } from './run.mjs';

/** A package manager cut short leaves the system's own record in pieces: it gets the time to end well. */
const ENDING = { signal: /** @type {NodeJS.Signals} */ ('SIGINT'), graceMs: 60_000 };
const INSTALL_WITHIN_MS = 15 * 60_000;
const POLICY = '/usr/sbin/policy-rc.d';

/** @typedef {{ apt: readonly string[], brew: string, title: string }} Package */
/** @typedef {{ env: NodeJS.ProcessEnv, progress: import('./progress.mjs').Progress }} Context */

/**
 * Gets programs from the system's package manager, if there is one that we may use.
 *
 * @param {readonly Package[]} packages
 * @param {Context} context
 * @returns {Promise<string>} Why not, or '' when all went well.
 */
export async function installPackages(packages, context) {
  const titles = packages.map(({ title }) => title).join(', ');
  const apt = findProgram(['apt-get'], context);
  if (apt) {
    const asRoot = await becomeRoot(context);
    if (!asRoot) return 'that needs root, and sudo asks for a password';
    return context.progress.step(`Installing ${titles} with apt`, () =>
      installWithApt(packages, { ...context, apt, asRoot }),
    );
  }
  const brew = findProgram(['brew'], context);
  if (!brew) return 'there is neither apt nor brew';
  return context.progress.step(`Installing ${titles} with brew`, async () => {
    const { code, tail } = await run(brew, ['install', ...packages.map((one) => one.brew)], { ...bounds(context) });
    return code === 0 ? '' : `brew said: ${lastWords(tail)}`;
  });
}

/** @param {Context} context */
function bounds({ env }) {
  return { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: INSTALL_WITHIN_MS, ending: ENDING };
}

/** @param {Context} context @returns {Promise<readonly string[] | undefined>} What to put before a command. */
async function becomeRoot(context) {
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram(['sudo'], context);
  if (!sudo) return undefined;
  const { code } = await run(sudo, ['-n', 'true'], { timeoutMs: 10_000 });
  return code === 0 ? [sudo, '-n', 'DEBIAN_FRONTEND=noninteractive'] : undefined;
}

/** @param {readonly Package[]} packages @param {Context & { apt: string, asRoot: readonly string[] }} context */
async function installWithApt(packages, context) {
  const lift = await holdBackServices(context);
  try {
    let why = await aptInstall(
      packages.flatMap(({ apt: [first] }) => first?.split(' ') ?? []),
      context,
    );
    if (!why) return '';
    // The lists may be missing or old, an earlier run may have been cut short, or the package is called otherwise here.
    await runAsRoot(['dpkg', '--configure', '-a'], context);
    await runAsRoot([context.apt, 'update', '-q'], context);
    for (const { apt } of packages) {
      why = await aptInstallAny(apt, context);
      if (why) return why;
    }
    return '';
  } finally {
    lift();
  }
}

/**
 * @param {readonly string[]} choices Packages of one program, called differently from system to system.
 * @param {Context & { apt: string, asRoot: readonly string[] }} context
 */
async function aptInstallAny(choices, context) {
  let why = 'apt has no such package';
  for (const names of choices) {
    why = await aptInstall(names.split(' '), context);
    if (!why) break;
  }
  return why;
}

/** @param {readonly string[]} names @param {Context & { apt: string, asRoot: readonly string[] }} context */
async function aptInstall(names, context) {
  const { code, tail } = await runAsRoot(
    [context.apt, 'install', '-y', '-q', '--no-install-recommends', ...names],
    context,
  );
  return code === 0 ? '' : `apt said: ${lastWords(tail)}`;
}

/** @param {readonly string[]} words @param {Context & { asRoot: readonly string[] }} context */
function runAsRoot(words, context) {
  const [command = '', ...args] = [...context.asRoot, ...words];
  return run(command, args, bounds(context));
}

/**
 * Debian starts a service when its package comes, and at each boot after that; we want the program only. What was
 * there before is not touched: a policy holds back starts, and only while apt runs.
 *
 * @param {Context & { asRoot: readonly string[] }} context
 * @returns {Promise<() => void>} Takes the policy away.
 */
async function holdBackServices(context) {
  const services = ['mariadb', 'redis-server', 'coturn'];
  /** @type {string[]} */
  const absent = [];
  const systemctl = existsSync('/run/systemd/system') ? findProgram(['systemctl'], context) : undefined;
  for (const service of systemctl ? services : []) {
    const { code } = await run(systemctl ?? '', ['cat', service], { timeoutMs: 10_000 });
    if (code !== 0) absent.push(service);
  }
  const isOurs = !existsSync(POLICY) && (await writePolicy(context));
  return () => {
    if (isOurs) removePolicy(context);
    if (systemctl && absent.length > 0) void runAsRoot([systemctl, 'disable', '--now', ...absent], context);
  };
}

/** @param {Context & { asRoot: readonly string[] }} context */
async function writePolicy(context) {
  const script = '#!/bin/sh\nexit 101\n';
  if (context.asRoot.length === 0) {
    writeFileSync(POLICY, script, { mode: 0o755 });
    return true;
  }
  const { code } = await runAsRoot(
    ['sh', '-c', `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`],
    context,
  );
  return code === 0;
}

/** @param {Context & { asRoot: readonly string[] }} context */
function removePolicy(context) {
  if (context.asRoot.length === 0) rmSync(POLICY, { force: true });
  else void runAsRoot(['rm', '-f', POLICY], context);
}
