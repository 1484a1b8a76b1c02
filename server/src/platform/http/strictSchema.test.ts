import * as z from 'zod/mini';
import { expect, test } from 'vitest';
import { hasForbiddenKey, strictSchema } from './strictSchema.ts';

const open = z.object({
  name: z.string(),
  list: z.array(z.object({ id: z.number() })),
  maybe: z.optional(z.object({ x: z.number() })),
  kind: z.discriminatedUnion('what', [
    z.object({ what: z.literal('a'), a: z.number() }),
    z.object({ what: z.literal('b') }),
  ]),
});
const right = { name: 'n', list: [{ id: 1 }], maybe: { x: 1 }, kind: { what: 'b' } };

function accepts(value: unknown): boolean {
  return z.safeParse(strictSchema(open), value).success;
}

test('what the contract names is accepted', () => {
  expect(accepts(right)).toBe(true);
});

test.each([
  ['at the top', { ...right, extra: 1 }],
  ['in a list', { ...right, list: [{ id: 1, extra: 1 }] }],
  ['in an optional part', { ...right, maybe: { x: 1, extra: 1 } }],
  ['in one of several shapes', { ...right, kind: { what: 'b', a: 1 } }],
])('a key it does not name is refused %s', (_where, value) => {
  expect(accepts(value)).toBe(false);
});

test('checks of the open shape hold for the strict one', () => {
  const even = z.object({ n: z.number().check(z.refine((n) => n % 2 === 0)) });
  expect(z.safeParse(strictSchema(even), { n: 1 }).success).toBe(false);
});

test.each([
  '{"__proto__":{}}',
  '{"a":[{"__proto__":1}]}',
  '{"constructor":{"prototype":{}}}',
  `${'['.repeat(30)}1${']'.repeat(30)}`,
])('JSON that could change every object is recognised: %s', (json) => {
  expect(hasForbiddenKey(JSON.parse(json))).toBe(true);
});

test('ordinary input has no forbidden key', () => {
  expect(hasForbiddenKey(right)).toBe(false);
  expect(hasForbiddenKey(null)).toBe(false);
});
