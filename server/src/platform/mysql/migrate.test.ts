import { expect, test } from 'vitest';
import { stepsOf } from './migrate.ts';

test('each statement of a file is a step of its own', () => {
  const steps = stepsOf(
    '0002_more.sql',
    '-- why; because\nCREATE TABLE a (\n  x INT -- inside; stays\n);\n\nCREATE TABLE b (x INT);\n',
  );
  expect(steps.map((step) => step.name)).toEqual(['0002_more.sql#01', '0002_more.sql#02']);
  expect(steps[1]?.sql).toBe('CREATE TABLE b (x INT)');
});

test('a comment or an indent may change after the statement ran, the statement may not', () => {
  const [before] = stepsOf('a.sql', 'CREATE TABLE a (x INT);');
  const [commented] = stepsOf('a.sql', '-- now explained\nCREATE TABLE a\n  (x INT);\n');
  const [changed] = stepsOf('a.sql', 'CREATE TABLE a (x BIGINT);');
  expect(commented?.checksum).toBe(before?.checksum);
  expect(changed?.checksum).not.toBe(before?.checksum);
});
