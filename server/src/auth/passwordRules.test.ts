import { expect, test } from 'vitest';
import { AppError } from '../platform/appError.ts';
import { checkNewPassword } from './passwordRules.ts';

function verdict(password: string): string {
  try {
    checkNewPassword(password, ['alice', 'Alice Liddell']);
    return 'fine';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

test('fewer than ten characters are too short, however odd', () => {
  expect(verdict('x9$Kq!2')).toBe('password-too-short');
  expect(verdict('👩‍👩‍👧'.slice(0, 8))).toBe('password-too-short');
});

test.each([
  '1234567890',
  'password123',
  '!Password2026',
  'qwertyuiop',
  'passwordpassword',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  'alice12345',
  'Alice Liddell',
])('"%s" is among the first that are guessed', (password) => {
  expect(verdict(password)).toBe('password-too-common');
});

test.each(['correct horse battery', 'k8Vw-2mQz-77', 'mein Hund heißt Waldi', '長い長い秘密の言葉です。'])(
  '"%s" is fine',
  (password) => {
    expect(verdict(password)).toBe('fine');
  },
);

test('the longest password is judged as fast as a short one', () => {
  const began = performance.now();
  verdict('a1'.repeat(100));
  verdict(`${'é'.repeat(199)}1`);
  expect(performance.now() - began).toBeLessThan(50);
});
