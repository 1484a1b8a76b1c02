import { expect, test } from 'vitest';
import { findingsIn, findingsInCatalogues } from './words.mjs';
import { readSource } from './wordsInSource.mjs';

const said = (code) => readSource('a.tsx', code).hardCoded.map(({ text }) => text);
const page = (jsx) => `export function Page({ on }: { on: boolean }) { return ${jsx}; }`;

test.each([
  ['text', '<p>Good morning</p>', 'Good morning'],
  ['a label for screen readers', '<button aria-label="Close" />', 'Close'],
  ['a tooltip', '<p title={"Seen by all"} />', 'Seen by all'],
  ['a placeholder', '<input placeholder="Your name" />', 'Your name'],
  ['a picture described', '<img alt="A cat" />', 'A cat'],
  ['one of two', "<p>{on ? 'On air' : null}</p>", 'On air'],
  ['a template', '<p>{`Hello ${on}`}</p>', 'Hello …'],
])('%s written into the code is found', (_, jsx, text) => {
  expect(said(page(jsx))).toEqual([text]);
});

test('what people do not read is no matter', () => {
  expect(said(page('<p className="big" role="status" data-state={on ? "open" : "shut"}>{on} · 12</p>'))).toEqual([]);
});

test('a hard-coded text is reported with its line, comments and umlauts before it notwithstanding', () => {
  const source = `// Müßig\n\n${page('\n<p>Hi there</p>')}`;
  expect(findingsIn({}, { 'web/src/a.tsx': source })).toEqual(['web/src/a.tsx:4: "Hi there" belongs into a catalogue']);
});

test('languages have the same keys', () => {
  expect(findingsInCatalogues('chats', { en: { a: 'A' }, de: { b: 'B' } })).toEqual([
    'chats: "a" is missing in de',
    'chats: "b" is missing in en',
  ]);
});

test('a sentence takes the same arguments in each language', () => {
  expect(findingsInCatalogues('chats', { en: { hi: 'Hi {{name}}' }, de: { hi: 'Hallo {{nom}}' } })).toEqual([
    'chats: "hi" has {{name}} in en, {{nom}} in de',
  ]);
});

test('a count may be left unsaid in the singular, but no plural form may be left out', () => {
  const en = { n_one: 'one person', n_other: '{{count}} people' };
  expect(findingsInCatalogues('chats', { en, de: { n_one: 'eine Person', n_other: '{{count}} Personen' } })).toEqual(
    [],
  );
  expect(findingsInCatalogues('chats', { en, de: { n_other: '{{count}} Personen' } })).toEqual([
    'chats: "n" has other in de, not one, other',
  ]);
});

const CATALOGUES = { chats: { en: { 'state.open': 'Open', hi: 'Hi' }, de: { 'state.open': 'Offen', hi: 'Hallo' } } };
const asking = (code) =>
  findingsIn(CATALOGUES, { 'web/src/chats/a.ts': `const { t } = useTranslation('chats'); ${code}` });

test('a key may be asked for as it stands or by a template', () => {
  expect(asking("t('hi'); t(`state.${state}`);")).toEqual([]);
});

test('a key may be put together of parts alone, where a translation is asked for', () => {
  expect(asking("t('hi'); t(`${what}.${state}`);")).toEqual([]);
  expect(asking("t('hi'); const file = `${name}.${ending}`;")).toEqual(['chats: "state.open" is asked for nowhere']);
});

test('a key that nobody asks for is reported', () => {
  expect(asking("t('hi');")).toEqual(['chats: "state.open" is asked for nowhere']);
});

test('a key that no catalogue has is reported', () => {
  expect(asking("t('hi'); t('state.open'); t('bye');")).toEqual(['web/src/chats/a.ts:1: no catalogue has "bye"']);
});
