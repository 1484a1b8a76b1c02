import { expect, test } from 'vitest';
import { type Report, createTally } from './tally.mjs';

function aReport(changes: Partial<Report> = {}): Report {
  return { success: true, numPassedTests: 2, numFailedTests: 0, testResults: [], ...changes };
}

function lastLine(work: (tally: ReturnType<typeof createTally>) => void): string {
  const lines: string[] = [];
  const tally = createTally((line) => void lines.push(line));
  work(tally);
  tally.close();
  return lines.at(-1) ?? '';
}

test('tests and checks are counted together', () => {
  const line = lastLine((tally) => {
    tally.check('format', true);
    tally.check('lint', false);
    tally.report('unit', aReport(), 0);
  });
  expect(line).toBe('3 passed, 1 failed');
});

test('a runner that broke off is a failure', () => {
  expect(lastLine((tally) => tally.crashed('unit', 'killed'))).toBe('0 passed, 1 failed');
});

test('a file that could not be loaded is a failure', () => {
  const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }];
  expect(lastLine((tally) => tally.report('unit', aReport({ success: false, testResults }), 1))).toBe(
    '2 passed, 1 failed',
  );
});

test('an error outside of every test is a failure, though every test passed', () => {
  expect(lastLine((tally) => tally.report('unit', aReport(), 1))).toBe('2 passed, 1 failed');
});

test('a failed test is named', () => {
  const lines: string[] = [];
  const tally = createTally((line) => void lines.push(line));
  const assertionResults = [{ status: 'failed', fullName: 'a message arrives' }];
  const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults }];
  tally.report('unit', aReport({ success: false, numFailedTests: 1, testResults }), 1);
  expect(tally.close()).toBe(false);
  expect(lines).toEqual(['failed: unit: a message arrives', '2 passed, 1 failed']);
});
