import { UserId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { hashOfRecoveryCode, newRecoveryCode, normalRecoveryCode } from './recoveryCode.ts';

const ann = UserId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11');
const bob = UserId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d12');

test('a code is sixteen letters in groups of four, and all its 80 bits are random', () => {
  const codes = Array.from({ length: 400 }, newRecoveryCode);
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(new Set(codes).size).toBe(400);
  const letters = codes.map((code) => code.replaceAll('-', ''));
  for (let at = 0; at < 16; at += 1) expect(new Set(letters.map((code) => code[at])).size).toBe(32);
});

test('a code is the same however it is typed, and another one for somebody else', () => {
  const code = '10QA-0ZXV-M2RP-9TB1';
  for (const typed of ['10qa0zxvm2rp9tb1', ' lOqa ozxv m2rp–9tbI ', 'IOQA_0ZXV_M2RP_9TBL'])
    expect(normalRecoveryCode(typed)).toBe(normalRecoveryCode(code));
  expect(hashOfRecoveryCode(ann, code)).not.toEqual(hashOfRecoveryCode(bob, code));
  expect(hashOfRecoveryCode(ann, code)).toEqual(hashOfRecoveryCode(ann, code.toLowerCase()));
});
