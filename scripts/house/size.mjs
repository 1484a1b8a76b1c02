/**
 * Holds the built page to its budget: the JavaScript that the first screen needs, compressed, in kB of 1,000 bytes.
 * Reads `web/dist` (Vite's manifest) and prints `{ ok, firstScreenKb, budgetKb, screens, callKb, chunks, callChunks, late, findings }` as JSON.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Of the issue; what a slow phone still opens in a breath. */
const BUDGET_KB = 150;

/**
 * What `main.tsx` asks for at once besides the entry, by who opens the page. The budget is that of who comes for the
 * first time; who is signed in has the page in the service worker's cache, and gets a good quarter more.
 */
const SCREENS = {
  signIn: { source: 'src/app/Outside.tsx', budgetKb: BUDGET_KB },
  chats: { source: 'src/app/Inside.tsx', budgetKb: BUDGET_KB + 45 },
};

/**
 * What a call needs: its lobby, its stage and the way of its media, besides an open chat, which it begins in. What is
 * switched on in it, such as a blurred background, comes when it is.
 */
const CALL = {
  besides: [SCREENS.chats.source, 'src/app/words.en.ts', 'src/app/words.late.en.ts', 'src/app/ChatPane.tsx'],
  sources: [
    'src/calls/lobby/CallLobby.tsx',
    'src/calls/stage/CallStage.tsx',
    'src/calls/devices/CallAids.tsx',
    'src/calls/own/session.late.ts',
    'src/calls/transport/sfu.transport.ts',
    'src/calls/transport/livekit.ts',
    'src/calls/lobby/words.en.json',
  ],
  budgetKb: 190,
};
/** The code of effects, which may only be reached through a dynamic import, also in a call. */
const SWITCHED_ON = /src\/calls\/effects\/(noise|background\/)/;

/** Too heavy for a first screen: may only be reached through a dynamic import. */
const LATE = /livekit|zxcvbn/;

/** What comes with the entry (and further chunks asked for at once): itself and, in turn, all it imports statically. */
export function chunksOfFirstScreen(manifest, besides = []) {
  const reached = new Set(Object.keys(manifest).filter((key) => manifest[key].isEntry));
  for (const key of besides) if (manifest[key]) reached.add(key);
  for (const key of reached) for (const next of manifest[key].imports ?? []) reached.add(next);
  return reached;
}

/**
 * @param manifest Vite's: `{ key: { file, name, isEntry, imports, dynamicImports } }`
 * @param sizeOf compressed bytes of a built file
 */
export function judge(manifest, sizeOf) {
  const first = chunksOfFirstScreen(manifest);
  const weigh = (keys) =>
    [...keys]
      .map((key) => ({ file: manifest[key].file, kb: Math.round(sizeOf(manifest[key].file) / 100) / 10 }))
      .toSorted((left, right) => right.kb - left.kb);
  // Of all together: chunks rounded one by one would weigh something else after each build.
  const sumOf = (keys) => Math.round([...keys].reduce((sum, key) => sum + sizeOf(manifest[key].file), 0) / 100) / 10;
  const isScript = (key) => manifest[key].file.endsWith('.js');
  const chunks = weigh([...first].filter(isScript));
  const firstScreenKb = Math.round(chunks.reduce((sum, { kb }) => sum + kb, 0) * 10) / 10;
  const findings = [...first]
    .filter((key) => LATE.test(key) || LATE.test(manifest[key].file))
    .map((key) => `${key} is loaded with the first screen`);
  if (firstScreenKb > BUDGET_KB)
    findings.push(`the first screen takes ${firstScreenKb} kB of JavaScript, ${BUDGET_KB} at most`);
  const screens = {};
  for (const [screen, { source, budgetKb }] of Object.entries(SCREENS)) {
    const needed = chunksOfFirstScreen(manifest, [source, 'src/app/words.en.ts']);
    const kb = sumOf([...needed].filter(isScript));
    screens[screen] = kb;
    if (manifest[source] && kb > budgetKb) findings.push(`${screen} takes ${kb} kB of JavaScript, ${budgetKb} at most`);
  }
  const inside = chunksOfFirstScreen(manifest, CALL.besides);
  const ofCall = chunksOfFirstScreen(manifest, [...inside, ...CALL.sources]);
  const ofCallAlone = [...ofCall].filter((key) => isScript(key) && !inside.has(key));
  const callChunks = weigh(ofCallAlone);
  const callKb = sumOf(ofCallAlone);
  if (callKb > CALL.budgetKb) findings.push(`a call takes ${callKb} kB of JavaScript more, ${CALL.budgetKb} at most`);
  for (const key of ofCall) if (SWITCHED_ON.test(key)) findings.push(`${key} is loaded with every call`);
  const late = weigh(Object.keys(manifest).filter((key) => isScript(key) && !first.has(key)));
  return {
    ok: findings.length === 0,
    firstScreenKb,
    budgetKb: BUDGET_KB,
    screens,
    callKb,
    chunks,
    callChunks,
    late,
    findings,
  };
}

if (process.argv[1] === import.meta.filename) {
  const dist = resolve(import.meta.dirname, '../../web/dist');
  const manifestFile = join(dist, '.vite/manifest.json');
  if (existsSync(manifestFile)) {
    const verdict = judge(JSON.parse(readFileSync(manifestFile, 'utf8')), (file) => {
      return gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
    });
    process.stdout.write(`${JSON.stringify(verdict, undefined, 2)}\n`);
    process.exitCode = verdict.ok ? 0 : 1;
  } else {
    process.stdout.write('web/dist has no manifest: `npm run build` makes it\n');
    process.exitCode = 1;
  }
}
