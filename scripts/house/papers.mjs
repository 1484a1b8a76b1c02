/**
 * Holds the documents to the code: each rule of docs/protocol.md is cited by a test and each test that docs/security.md quotes is there, each error has its sentence in each
 * language, every decision is in the index, no file is too long to read. Prints one line per finding.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';

const MAX_LINES = 300;
const SOURCE = /\.(ts|tsx|mjs|cjs|css)$/;
const SKIPPED = /^(node_modules|dist|\.git|\.dialog|coverage|test-results)$/;
const TEST_TITLE = /\b(?:test|it|describe)(?:\.\w+)*(?:\([^'"`]*\))?\(\s*(['"`])(.*?)\1/gs;

/** The rules (`R1`, `R2` …) that titles of tests name, `R3–R5` and `R3, R5` included. */
export function rulesCitedIn(testSource) {
  const cited = new Set();
  for (const [, , title] of testSource.matchAll(TEST_TITLE)) {
    for (const [, first, last] of title.matchAll(/\bR(\d+)(?:\s?[–-]\s?R?(\d+))?\b/g)) {
      for (let rule = Number(first); rule <= Number(last ?? first); rule += 1) cited.add(`R${rule}`);
    }
  }
  return cited;
}

/** @returns rules that the protocol states and no test cites, and cited ones that it does not state */
export function protocolFindings(protocol, testSources) {
  const stated = new Set([...protocol.matchAll(/^#+ (R\d+)\b/gm)].map(([, rule]) => rule));
  const cited = new Set(testSources.flatMap((source) => [...rulesCitedIn(source)]));
  return [
    ...[...stated].filter((rule) => !cited.has(rule)).map((rule) => `docs/protocol.md: no test cites ${rule}`),
    ...[...cited]
      .filter((rule) => !stated.has(rule))
      .map((rule) => `a test cites ${rule}, which docs/protocol.md lacks`),
  ];
}

const plain = (text) => text.replaceAll(/['"’‘]/g, '');

/** Tests that a document quotes ("…", where it ends with … only the beginning) and that are not there. */
export function proofFindings(document, testSources) {
  const titles = testSources.flatMap((source) => [...source.matchAll(TEST_TITLE)].map(([, , title]) => plain(title)));
  const rows = document.split('\n').filter((line) => line.startsWith('|'));
  const quoted = rows.flatMap((row) =>
    [...(row.split('|').at(-2) ?? '').matchAll(/"([^"]+)"/g)].map(([, title]) => title),
  );
  return quoted
    .filter((title) => !titles.some((known) => known.includes(plain(title.replace(/\s*…$/, '')))))
    .map((title) => `docs/security.md: no test is called "${title}"`);
}

/** @param catalogues `{ language: { key: sentence } }`; a code's key ends with it, as in `error.busy` */
export function errorFindings(codes, catalogues) {
  return Object.entries(catalogues).flatMap(([language, catalogue]) => {
    const said = new Set(Object.keys(catalogue).map((key) => key.split(/[.:]/).at(-1)));
    return codes.filter((code) => !said.has(code)).map((code) => `"${code}" has no sentence in ${language}`);
  });
}

/** @param files names in docs/adr; @param index its README */
export function decisionFindings(files, index) {
  const decisions = files.filter((name) => /^\d{4}-.+\.md$/.test(name)).toSorted();
  const linked = [...index.matchAll(/\((\d{4}-[^)]+\.md)\)/g)].map(([, name]) => name);
  const misnumbered = decisions.filter((name, place) => Number(name.slice(0, 4)) !== place + 1);
  return [
    ...decisions.filter((name) => !linked.includes(name)).map((name) => `docs/adr/README.md does not list ${name}`),
    ...linked
      .filter((name) => !decisions.includes(name))
      .map((name) => `docs/adr/README.md lists ${name}, which is not there`),
    ...misnumbered.map((name) => `docs/adr/${name}: its number is not the next`),
  ];
}

/** Links from one document to files of the repository that are not there. */
export function brokenLinks(text, exists) {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) => target);
  return links.filter((target) => !exists(target));
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (SKIPPED.test(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function longFiles(root, files) {
  return files
    .filter((file) => SOURCE.test(file))
    .map((file) => ({ file, lines: readFileSync(file, 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ file, lines }) => `${relative(root, file)} has ${lines} lines, ${MAX_LINES} at most`);
}

function errorSentences(root) {
  return Object.fromEntries(
    ['en', 'de'].map((language) => {
      const file = join(root, `web/src/platform/words.${language}.json`);
      return [language, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}];
    }),
  );
}

/** Everything above, over the tree at `root`. */
export function findingsIn(root, codes) {
  const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
  const files = filesBelow(root);
  const tests = files.filter((file) => /\.test\.(ts|tsx|mjs)$/.test(file)).map((file) => readFileSync(file, 'utf8'));
  const documents = files.filter((file) => file.endsWith('.md'));
  return [
    ...protocolFindings(read('docs/protocol.md'), tests),
    ...proofFindings(read('docs/security.md'), tests),
    ...errorFindings(codes, errorSentences(root)),
    ...decisionFindings(readdirSync(join(root, 'docs/adr')), read('docs/adr/README.md')),
    ...longFiles(root, files),
    ...documents.flatMap((file) =>
      brokenLinks(readFileSync(file, 'utf8'), (target) => existsSync(resolve(file, '..', target))).map(
        (target) => `${relative(root, file)}: ${basename(target)} is not there (${target})`,
      ),
    ),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const { ERROR_CODES } = await import('../../shared/src/contract/errors.ts');
  const found = findingsIn(resolve(import.meta.dirname, '../..'), ERROR_CODES);
  process.stdout.write(found.map((line) => `${line}\n`).join(''));
  process.exitCode = found.length > 0 ? 1 : 0;
}
