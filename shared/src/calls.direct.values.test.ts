import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { CallSignal, SDP_MAX } from './calls.direct.values.ts';

const isTaken = (sdp: string): boolean => z.safeParse(CallSignal, { kind: 'description', type: 'offer', sdp }).success;

test('a description is bounded in bytes: it is ASCII, as browsers write it, and nothing else is taken', () => {
  const line = 'a=fmtp:111 minptime=10;useinbandfec=1 {~}\r\n';
  const longest = line.repeat(SDP_MAX).slice(0, SDP_MAX);
  expect(new TextEncoder().encode(longest)).toHaveLength(SDP_MAX);
  expect([isTaken(longest), isTaken(`${longest}a`)]).toEqual([true, false]);
  for (const other of ['é', '名', '\u0000', '\u007F']) expect(isTaken(`s=${other}\r\n`)).toBe(false);
});
