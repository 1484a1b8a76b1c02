import { expect, test } from 'vitest';
import { writeSql } from './sqlText.ts';

test('what people type stays a value and never becomes SQL', () => {
  expect(writeSql('SELECT * FROM users WHERE user_name = :name', { name: "x' OR '1'='1" })).toBe(
    "SELECT * FROM users WHERE user_name = 'x\\' OR \\'1\\'=\\'1'",
  );
});

test('a value that looks like a placeholder is not filled in again', () => {
  expect(writeSql('SELECT :a, :b', { a: ':b', b: 1 })).toBe("SELECT ':b', 1");
});

test('a colon inside quotes is no placeholder', () => {
  expect(writeSql("SELECT ':name', DATE_FORMAT(x, '%H:%i'), :name", { name: 1 })).toBe(
    "SELECT ':name', DATE_FORMAT(x, '%H:%i'), 1",
  );
});

test('a list fills IN, rows fill VALUES, and an empty list matches nothing', () => {
  expect(writeSql('x IN (:ids)', { ids: [1, 2] })).toBe('x IN (1, 2)');
  expect(writeSql('x IN (:ids)', { ids: [] })).toBe('x IN (NULL)');
  const rows = [
    [1, 'a'],
    [2, null],
  ];
  expect(writeSql('VALUES :rows', { rows })).toBe("VALUES (1, 'a'), (2, NULL)");
});

test('ids are written as bytes and times in UTC to the millisecond', () => {
  expect(writeSql('SELECT :id, :at', { id: Buffer.from([0, 255]), at: new Date('2026-11-22T10:00:00.123Z') })).toBe(
    "SELECT X'00ff', '2026-11-22 10:00:00.123'",
  );
});

test.each([
  ['an object', { value: { toSqlString: () => '1; DROP TABLE users' } }],
  ['NaN', { value: Number.NaN }],
  ['nothing', {}],
  ['a name of every object', {}],
])('%s is refused before it reaches the database', (_what, values) => {
  expect(() => writeSql('SELECT :value, :constructor', values as never)).toThrow(TypeError);
});
