import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What each part is checked with; a change in shared/ can break all of them. */
const TYPED = ['shared', 'server', 'web', 'e2e', 'bench', 'scripts'];
const FORMATTED = /\.(ts|tsx|mjs|cjs|js|json|css|html|ya?ml)$/;
const LINTED = /\.(ts|tsx|mjs|cjs|js)$/;

const node = (script, ...given) => ['node', `scripts/house/${script}`, ...given];
const layers = { name: 'layers', command: ['depcruise', '--no-progress', 'shared', 'server', 'web'] };
const words = { name: 'words', command: node('words.mjs') };

function hasTypeScript(root, folder) {
  const path = join(root, folder);
  return existsSync(path) && readdirSync(path, { recursive: true }).some((name) => /(?<!\.d)\.tsx?$/.test(name));
}

function typeSteps(root, folders) {
  return folders
    .filter((folder) => hasTypeScript(root, folder))
    .map((folder) => ({ name: `types ${folder}`, command: ['tsc', '-p', folder] }));
}

/** Everything that needs no service and no build. */
export function staticSteps(root) {
  return [
    { name: 'format', command: ['oxfmt', '--check'] },
    { name: 'lint', command: ['oxlint'] },
    ...typeSteps(root, TYPED),
    layers,
    { name: 'dead code', command: ['knip', '--no-progress'] },
    words,
    { name: 'documents', command: node('papers.mjs') },
    { name: 'graph', command: node('graph.mjs', '--check') },
  ];
}

/** One after the other: the sizes are those of the build. */
export const BUILD_STEPS = [
  { name: 'build', command: ['vite', 'build', 'web', '--logLevel', 'warn'] },
  { name: 'size', command: node('size.mjs') },
];

/** The parts whose types `files` can break. */
function typedBy(files) {
  const touched = new Set(files.filter((file) => /\.tsx?$|tsconfig/.test(file)).map((file) => file.split('/')[0]));
  if (touched.has('shared') || files.includes('tsconfig.base.json')) return TYPED;
  return TYPED.filter((folder) => touched.has(folder));
}

/** What a change of `files` can break, as far as it can be known within seconds. */
export function fastSteps(root, files) {
  const formatted = files.filter((file) => FORMATTED.test(file));
  const linted = files.filter((file) => LINTED.test(file));
  const tested = ['vitest', 'related', '--run', '--project', 'unit', '--passWithNoTests', ...linted];
  const steps = [
    formatted.length > 0 && {
      name: 'format',
      command: ['oxfmt', '--check', '--no-error-on-unmatched-pattern', ...formatted],
    },
    linted.length > 0 && { name: 'lint', command: ['oxlint', '--no-error-on-unmatched-pattern', ...linted] },
    ...typeSteps(root, typedBy(files)),
    linted.length > 0 && layers,
    files.some((file) => file.startsWith('web/src/')) && words,
    linted.length > 0 && { name: 'unit', command: tested, withinMs: 60_000 },
  ];
  return steps.filter(Boolean);
}
