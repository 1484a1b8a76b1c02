/**
 * Draws who imports whom among the features into ARCHITECTURE.md, between its two markers.
 * `node scripts/house/graph.mjs` writes; `--check` only says whether the drawing is still true.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import FEATURES from './features.cjs';

const MARKED = /(<!-- graph:start -->\n)[\s\S]*?(<!-- graph:end -->)/;
const ORDER = ['about', ...FEATURES];
const PLACE = /^(server|web)\/src\/(\w+)\/.*(?<!\.test\.tsx?)$/;

/** The feature a module belongs to, for one side; undefined for platform, ui, app and tests. */
function featureOf(side, path) {
  const [, foundSide, folder] = PLACE.exec(path) ?? [];
  return foundSide === side && ORDER.includes(folder) ? folder : undefined;
}

/**
 * @param modules dependency-cruiser's: `[{ source, dependencies: [{ resolved, dependencyTypes }] }]`
 * @returns the lines of one side's edges in Mermaid, dotted where only types are known
 */
export function edgesOf(side, modules) {
  const edges = new Map();
  for (const { source, dependencies } of modules) {
    const from = featureOf(side, source);
    for (const { resolved, dependencyTypes } of from ? dependencies : []) {
      const to = featureOf(side, resolved);
      if (!to || to === from) continue;
      const isRuntime = !dependencyTypes.includes('type-only');
      edges.set(`${from} ${to}`, isRuntime || (edges.get(`${from} ${to}`) ?? false));
    }
  }
  return [...edges]
    .toSorted(([left], [right]) => rank(left) - rank(right))
    .map(([edge, isRuntime]) => {
      const [from, to] = edge.split(' ');
      return `    ${side}.${from}[${from}] ${isRuntime ? '-->' : '-.->'} ${side}.${to}[${to}]`;
    });
}

function rank(edge) {
  const [from, to] = edge.split(' ').map((name) => ORDER.indexOf(name));
  return from * ORDER.length + to;
}

export function draw(modules) {
  const sides = ['server', 'web'].map((side) => [`  subgraph ${side}`, ...edgesOf(side, modules), '  end'].join('\n'));
  return `\`\`\`mermaid\ngraph RL\n${sides.join('\n')}\n\`\`\`\n`;
}

export function withGraph(text, graph) {
  return text.replace(MARKED, (_, start, end) => `${start}${graph}${end}`);
}

function cruise(root) {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const given = [program, '--no-progress', '--output-type', 'json', 'server', 'web'];
  // Breaches make it exit with their number; the layers step reports those.
  try {
    return execFileSync(process.execPath, given, {
      cwd: root,
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (failure) {
    return failure.stdout;
  }
}

if (process.argv[1] === import.meta.filename) {
  const root = resolve(import.meta.dirname, '../..');
  const file = join(root, 'ARCHITECTURE.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const redrawn = withGraph(text, draw(JSON.parse(cruise(root)).modules));
  if (!MARKED.test(text)) {
    process.stdout.write('ARCHITECTURE.md has no place for the graph\n');
    process.exitCode = 1;
  } else if (!process.argv.includes('--check')) {
    writeFileSync(file, redrawn);
  } else if (text !== redrawn) {
    process.stdout.write('the graph in ARCHITECTURE.md is stale: `node scripts/house/graph.mjs` redraws it\n');
    process.exitCode = 1;
  }
}
