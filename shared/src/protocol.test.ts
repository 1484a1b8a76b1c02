import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { clientSignals, PROTOCOL_VERSION, routes, serverEvents } from './protocol.ts';

/** The wire format as text, so that a change to it cannot go unnoticed. */
function wireFormat(): string {
  return JSON.stringify({ routes, serverEvents, clientSignals }, (_key, value: unknown) =>
    isSchema(value) ? z.toJSONSchema(value, { io: 'input', unrepresentable: 'any' }) : value,
  );
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

test('a changed wire format comes with a decision about PROTOCOL_VERSION', () => {
  const fingerprint = createHash('sha256').update(wireFormat()).digest('hex').slice(0, 12);
  expect({ version: PROTOCOL_VERSION, fingerprint }).toEqual({ version: 5, fingerprint: '5f56db88fd3a' });
});
