import { expect, test } from 'vitest';
import type { Scenario } from '../scenarios/scenario.ts';
import { updateReport, writeReport } from './report.ts';

function aScenario(name: string): Scenario {
  return {
    ...{ name, words: `how ${name} does` },
    measures: [{ name: 'ms', words: 'until done', unit: 'ms', bar: { atMost: 1.5 } }],
    measure: () => Promise.resolve({}),
  };
}

const [one, other, third] = [aScenario('one'), aScenario('other'), aScenario('third')];
const soFar = (name: string, dialog: number) => new Map([[`${name}.ms`, { bare: [10], dialog: [dialog] }]]);
const before = `${writeReport({
  scenarios: [one, other],
  soFar: new Map([...soFar('one', 20), ...soFar('other', 12)]),
  preface: ['# How fast', '', 'Words by hand.'],
})}- By hand: a line.\n\n## More\n\nWords by hand.\n`;

test('a part that is measured anew takes the place of its own rows, and leaves all else as it stands', () => {
  const after = updateReport(before, { scenarios: [one], soFar: soFar('one', 14), when: 'later' });
  expect(after).toBe(
    before
      .replace('| **how one does** |', '| **how one does** (later) |')
      .replace(
        /until done .* \*\*missed\*\* \|/,
        'until done (ms) | 10.0 | 14.0 | 1.40 (1.40 to 1.40) | ≤ 1.5 × | met |',
      )
      .replace(/- how one does: .*\n/, ''),
  );
  const again = updateReport(after, { scenarios: [one], soFar: soFar('one', 30), when: 'later still' });
  expect(again).toContain('| **how one does** (later still) |');
  expect(again).not.toContain('14.0');
  expect(again).toContain('- how one does: until done is 3.00 × the baseline; the bar is ≤ 1.5 ×.\n- By hand: a line.');
});

test('a part that was never measured comes after the others', () => {
  const after = updateReport(before, { scenarios: [third], soFar: soFar('third', 14), when: 'later' });
  const lines = after.split('\n');
  expect(lines.indexOf('| **how third does** (later) | | | | | |')).toBe(
    lines.indexOf('| **how other does** | | | | | |') + 2,
  );
  expect(after.replace(/\| \*\*how third does.*\n.*\n/, '')).toBe(before);
});

test('a part of which nothing could be measured leaves its earlier rows', () => {
  expect(updateReport(before, { scenarios: [one], soFar: new Map(), when: 'later' })).toBe(before);
});
