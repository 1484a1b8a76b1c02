import mysql from 'mysql2';
import type { SqlValue, SqlValues } from '../database.ts';

/** A statement cut at its placeholders: `texts` has one more entry than `names`. */
interface Template {
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

/** Quoted stretches are matched first, so that a colon in them is no placeholder. */
const QUOTED_OR_NAME = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|:([A-Za-z]\w*)/g;

/** Statements are constants in the code; a program that builds them by the thousand is not remembered. */
const TEMPLATES_MAX = 2_000;
const templates = new Map<string, Template>();

/**
 * SQL with its values written in, escaped. Done here and not by the server's prepared statements: those answer nothing
 * for `IN (?)` with a list, and MySQL refuses `LIMIT ?` with a number.
 * @throws TypeError for a missing value, or one that is no plain SQL value (an object, NaN).
 */
export function writeSql(sql: string, values: SqlValues = {}): string {
  const { texts, names } = templateOf(sql);
  let written = texts[0] ?? '';
  for (const [index, name] of names.entries()) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new TypeError(`no value for :${name}`);
    written += literal(value, name) + (texts[index + 1] ?? '');
  }
  return written;
}

function templateOf(sql: string): Template {
  const known = templates.get(sql);
  if (known) return known;
  const texts: string[] = [];
  const names: string[] = [];
  let end = 0;
  for (const match of sql.matchAll(QUOTED_OR_NAME)) {
    if (match[1] === undefined) continue;
    texts.push(sql.slice(end, match.index));
    names.push(match[1]);
    end = match.index + match[0].length;
  }
  texts.push(sql.slice(end));
  const template = { texts, names };
  if (templates.size < TEMPLATES_MAX) templates.set(sql, template);
  return template;
}

function literal(value: SqlValue, name: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`:${name} is no finite number`);
  if (Array.isArray(value)) return listLiteral(value, name);
  if (isPlain(value)) return mysql.escape(value, true, 'Z');
  throw new TypeError(`:${name} is no SQL value`);
}

/** `a, b` for IN; `(a, b), (c, d)` for VALUES. An empty list matches nothing. */
function listLiteral(list: readonly SqlValue[], name: string): string {
  if (list.length === 0) return 'NULL';
  return list.map((value) => (Array.isArray(value) ? `(${literal(value, name)})` : literal(value, name))).join(', ');
}

function isPlain(value: SqlValue): value is Exclude<SqlValue, readonly SqlValue[]> {
  return value === null || typeof value !== 'object' || value instanceof Date || Buffer.isBuffer(value);
}
