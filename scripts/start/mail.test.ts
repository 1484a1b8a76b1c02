import { expect, test } from 'vitest';
import { sayWhereMailsGo } from './mail.mjs';

test('who starts Dialog is told where mails go, and no password', () => {
  const place = { data: '/data', open: 'http://localhost:3000' };
  const env = { SMTP_URL: 'smtp://dialog:topsecret@mail.example.org:587' };
  expect(sayWhereMailsGo({ ...place, env })).toBe('Mails go out through mail.example.org:587.');
  expect(sayWhereMailsGo({ ...place, env: {} })).toContain('http://localhost:3000/outbox');
  expect(sayWhereMailsGo({ ...place, env: {} })).toContain('/data/outbox.secret');
});
