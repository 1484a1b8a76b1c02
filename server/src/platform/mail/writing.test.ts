import { expect, test } from 'vitest';
import { fillIn, writeMail } from './writing.ts';

const mail = { to: 'ada@example.org', language: 'en', subject: 'Hello', parts: ['Words'] } as const;

test('nothing in a subject begins a second header, or hides what stands there', () => {
  const { subject } = writeMail('1', { ...mail, subject: 'Hello\r\nBcc: all@example.org\u202e\u0000x' });
  expect(subject).toBe('Hello Bcc: all@example.org x');
  expect(writeMail('1', { ...mail, subject: 'x'.repeat(5_000) }).subject).toHaveLength(200);
});

test('what people are called is text in the HTML, and the link stands in both parts', () => {
  const link = 'https://chat.example.org/confirm-email#abc';
  const { text, html } = writeMail('1', { ...mail, parts: ['<img src=x> & "you"', { label: 'Open <it>', link }] });
  expect(text).toBe(`<img src=x> & "you"\n\nOpen <it>:\n${link}\n`);
  expect(html).toContain('&lt;img src=x&gt; &amp; &quot;you&quot;');
  expect(html).toContain(`<a href="${link}">Open &lt;it&gt;</a>`);
  expect(html).not.toContain('<img');
});

test('a sentence that lacks a word is not sent', () => {
  expect(fillIn('Hello {name}', { name: '{name}' })).toBe('Hello {name}');
  expect(() => fillIn('Hello {name}', {})).toThrow(/name/);
});
