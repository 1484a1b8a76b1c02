/**
 * Holds the words for people to their catalogues: none written into the code, every language with the same keys,
 * arguments and the plural forms its grammar has, nothing asked for that is missing, nothing kept that nobody asks for.
 * `node scripts/house/words.mjs` prints one line per finding and fails when there is one.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { ERROR_STATUS } from '../../shared/src/contract/errors.ts';
import { readSource } from './wordsInSource.mjs';

const LANGUAGES = ['en', 'de'];
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The grammar of `language` in i18next's suffixes. */
function pluralFormsOf(language) {
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
}

const baseOf = (key) => key.replace(PLURAL, '');

/** `{{name}}` and `<tag>` of a sentence; `count` may be left unsaid in any plural form ("one person"). */
function argumentsOf(sentence) {
  const found = sentence.match(/\{\{.+?\}\}|<\w+\s*\/?>/g) ?? [];
  const plain = found.map((part) => part.replace(/^\{\{-?\s*([\w.]+).*/, '{{$1}}'));
  return [...new Set(plain)].filter((part) => part !== '{{count}}').toSorted();
}

/** Groups the sentences of one catalogue by key without plural suffix: `{ base: { forms, arguments } }`. */
function shapeOf(catalogue) {
  const shapes = new Map();
  for (const [key, sentence] of Object.entries(catalogue)) {
    const shape = shapes.get(baseOf(key)) ?? { forms: [], arguments: new Set() };
    const form = PLURAL.exec(key)?.[1];
    if (form) shape.forms.push(form);
    for (const part of argumentsOf(sentence)) shape.arguments.add(part);
    shapes.set(baseOf(key), shape);
  }
  return shapes;
}

function comparedShapes(where, languages) {
  const findings = [];
  const [[reference, expected], ...others] = languages;
  for (const [language, shapes] of others) {
    for (const key of new Set([...expected.keys(), ...shapes.keys()])) {
      const [left, right] = [expected.get(key), shapes.get(key)];
      if (!left || !right) {
        findings.push(`${where}: "${key}" is missing in ${left ? language : reference}`);
        continue;
      }
      const [wanted, given] = [left, right].map((shape) => [...shape.arguments].toSorted().join(' '));
      if (wanted !== given) {
        findings.push(
          `${where}: "${key}" has ${wanted || 'no arguments'} in ${reference}, ${given || 'none'} in ${language}`,
        );
      }
    }
  }
  return findings;
}

/** @param catalogues `{ en: {key: sentence}, de: … }` of one namespace */
export function findingsInCatalogues(namespace, catalogues) {
  const shapes = LANGUAGES.map((language) => [language, shapeOf(catalogues[language] ?? {})]);
  const findings = comparedShapes(namespace, shapes);
  for (const [language, keys] of shapes) {
    const wanted = pluralFormsOf(language).join(', ');
    for (const [key, { forms }] of keys) {
      const given = forms.toSorted().join(', ');
      if (given !== '' && given !== wanted)
        findings.push(`${namespace}: "${key}" has ${given} in ${language}, not ${wanted}`);
    }
    for (const [key, sentence] of Object.entries(catalogues[language] ?? {})) {
      if (sentence.trim() === '') findings.push(`${namespace}: "${key}" says nothing in ${language}`);
    }
  }
  return findings;
}

/** Whether a key is asked for: as it stands, by a template such as `state.${state}`, or by an error's code. */
function isAskedFor(namespace, key, sources) {
  const names = [key, `${namespace}:${key}`];
  if (namespace === 'platform' && key in ERROR_STATUS) return true;
  return sources.some(
    ({ literals, patterns }) =>
      names.some((name) => literals.has(name)) || patterns.some((pattern) => names.some((name) => pattern.test(name))),
  );
}

function missingIn(source, keysOf) {
  const known = source.namespaces.length > 0 ? source.namespaces : Object.keys(keysOf);
  return source.asked.filter(({ key }) => {
    const [namespace, name] = key.includes(':') ? key.split(':') : [undefined, key];
    return !(namespace ? [namespace] : known).some((candidate) => keysOf[candidate]?.has(name));
  });
}

/**
 * @param catalogues `{ namespace: { en, de } }`
 * @param sources `{ path: text }` of the web's .ts and .tsx files without tests
 * @returns one sentence per finding
 */
export function findingsIn(catalogues, sources) {
  const read = Object.entries(sources).map(([path, text]) => ({ path, ...readSource(path, text) }));
  const keysOf = Object.fromEntries(
    Object.entries(catalogues).map(([namespace, { en }]) => [namespace, new Set(Object.keys(en ?? {}).map(baseOf))]),
  );
  const inCatalogues = Object.entries(catalogues).flatMap(([namespace, languages]) => [
    ...findingsInCatalogues(namespace, languages),
    ...[...keysOf[namespace]]
      .filter((key) => !isAskedFor(namespace, key, read))
      .map((key) => `${namespace}: "${key}" is asked for nowhere`),
  ]);
  const inSources = read.flatMap((source) => [
    ...source.hardCoded.map(({ line, text }) => `${source.path}:${line}: "${text}" belongs into a catalogue`),
    ...missingIn(source, keysOf).map(({ line, key }) => `${source.path}:${line}: no catalogue has "${key}"`),
  ]);
  return [...inCatalogues, ...inSources];
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The catalogues (`<namespace>/words.<language>.json`) and sources below `web/src`. */
export function readTree(root) {
  const catalogues = {};
  const sources = {};
  for (const file of filesBelow(join(root, 'web/src'))) {
    const language = /^words\.(\w+)\.json$/.exec(basename(file))?.[1];
    const text = () => readFileSync(file, 'utf8');
    if (language) (catalogues[basename(dirname(file))] ??= {})[language] = JSON.parse(text());
    // The gallery shows components to developers, not words to people.
    else if (/\.tsx?$/.test(file) && !/\.test\.|[/\\]gallery[/\\]|[/\\]Gallery|[/\\]testing[/\\]/.test(file)) {
      sources[relative(root, file)] = text();
    }
  }
  return { catalogues, sources };
}

if (process.argv[1] === import.meta.filename) {
  const { catalogues, sources } = readTree(resolve(import.meta.dirname, '../..'));
  const found = findingsIn(catalogues, sources);
  process.stdout.write(found.map((line) => `${line}\n`).join(''));
  process.exitCode = found.length > 0 ? 1 : 0;
}
