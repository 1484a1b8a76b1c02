import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fastSteps } from './steps.mjs';

const root = resolve(import.meta.dirname, '../..');
const namesFor = (...files) => fastSteps(root, files).map(({ name }) => name);

test('a change of the contract is checked in every part that speaks it', () => {
  expect(namesFor('shared/src/chats.ts')).toEqual(
    expect.arrayContaining(['types shared', 'types server', 'types web']),
  );
});

test('a change of one part leaves the types of the others alone', () => {
  expect(namesFor('web/src/ui/Button.tsx')).toEqual(['format', 'lint', 'types web', 'layers', 'words', 'unit']);
});

test('a change of documents alone costs nothing', () => {
  expect(namesFor('README.md', 'docs/glossary.md')).toEqual([]);
});
