import { expect, test } from 'vitest';
import {
  brokenLinks,
  decisionFindings,
  errorFindings,
  proofFindings,
  protocolFindings,
  rulesCitedIn,
} from './papers.mjs';

test.each([
  ["test('a retry is one message (R6)', () => {})", ['R6']],
  ["test.each([[1], [2]])('R1: revisions have no gaps', () => {})", ['R1']],
  ['describe(`R3–R5`, () => {})', ['R3', 'R4', 'R5']],
  ["// R7 in a comment is no proof\ntest('typing ends', () => {})", []],
])('%s cites %j', (source, rules) => {
  expect([...rulesCitedIn(source)]).toEqual(rules);
});

test('a rule that no test cites is reported, and so is a citation of a rule that is not there', () => {
  const findings = protocolFindings('## R1 Revisions\n\n## R2 Tombstones', ["test('R2, R9', () => {})"]);
  expect(findings).toEqual(['docs/protocol.md: no test cites R1', 'a test cites R9, which docs/protocol.md lacks']);
});

test('a test that the security page quotes has to be there, whole or by its beginning', () => {
  const page = '| 1 | "not a proof" | "strangers learn nothing"; "who leaves …"; "gone" |';
  const tests = ["test('R11: strangers learn nothing', f)", 'test("who leaves hears nothing", f)'];
  expect(proofFindings(page, tests)).toEqual(['docs/security.md: no test is called "gone"']);
});

test('every error has its sentence in every language', () => {
  const catalogues = { en: { 'error.busy': 'Busy' }, de: {} };
  expect(errorFindings(['busy'], catalogues)).toEqual(['"busy" has no sentence in de']);
});

test('the index lists each decision, and only those that are there, numbered without a gap', () => {
  expect(decisionFindings(['0001-a.md', '0003-c.md', 'README.md'], '[a](0001-a.md) [b](0002-b.md)')).toEqual([
    'docs/adr/README.md does not list 0003-c.md',
    'docs/adr/README.md lists 0002-b.md, which is not there',
    'docs/adr/0003-c.md: its number is not the next',
  ]);
});

test('a link to a file that is gone is found; addresses elsewhere are not followed', () => {
  expect(brokenLinks('[a](gone.md) [b](here.md#part) [c](https://example.org)', (path) => path === 'here.md')).toEqual([
    'gone.md',
  ]);
});
