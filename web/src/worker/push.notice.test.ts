import type { PushPayload } from '@dialog/shared/push.values';
import { expect, test } from 'vitest';
import { noticeOf } from './push.notice.ts';

const CHAT = '018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11';
const CALL = '018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d22';
const NOW = Date.parse('2026-05-05T12:00:00.000Z');
const sender = { name: 'Ada', picture: null };
const aPush = (push: object) =>
  ({ token: 'a'.repeat(43), language: 'en', isQuiet: false, at: '2026-05-05T12:00:00.000Z', ...push }) as Exclude<
    PushPayload,
    { kind: 'withdraw' }
  >;
const aMessage = (push: object, content: object | null = {}) =>
  aPush({
    ...{ kind: 'message', chatId: CHAT, thread: null, position: 7, after: 6, count: 1 },
    content: content && { sender, title: null, text: 'Hello', part: null, ...content },
    ...push,
  });

test.each([
  [aMessage({}), 'Ada', 'Hello'],
  [aMessage({ count: 3 }), 'Ada (3)', 'Hello'],
  [aMessage({ count: 50 }), 'Ada (50+)', 'Hello'],
  [aMessage({}, { title: 'Crew' }), 'Crew', 'Ada: Hello'],
  [aMessage({ kind: 'mention' }, { title: 'Crew' }), 'Crew', 'Ada mentioned you: Hello'],
  [aMessage({ kind: 'reply', language: 'de-AT' }, { title: 'Crew' }), 'Crew', 'Ada hat dir geantwortet: Hello'],
  [aMessage({}, { text: '', part: 'photo' }), 'Ada', '📷 Photo'],
  [aMessage({ language: 'de' }, { text: 'Seht', part: 'video' }), 'Ada', '🎬 Video Seht'],
  [aMessage({}, null), 'Dialog', 'A new message'],
  [aMessage({ count: 4, language: 'de' }, null), 'Dialog', '4 neue Nachrichten'],
  [aMessage({ language: 'fr' }, null), 'Dialog', 'A new message'],
  [
    aPush({
      kind: 'reaction',
      chatId: CHAT,
      thread: null,
      position: 7,
      content: { sender, title: null, emoji: '🎉', text: 'Done' },
    }),
    'Ada',
    'Ada reacted with 🎉 to “Done”',
  ],
  [aPush({ kind: 'friendRequest', userId: CHAT, content: { sender } }), 'Ada', 'Ada wants to be your friend'],
  [aPush({ kind: 'friendAccepted', userId: CHAT, content: null }), 'Dialog', 'A friend request was accepted'],
  [
    aPush({ kind: 'signIn', device: 'Firefox on Windows', place: 'Berlin' }),
    'New sign-in to your account',
    'Firefox on Windows, Berlin',
  ],
  [aPush({ kind: 'signIn', device: '', place: null }), 'New sign-in to your account', 'Unknown device'],
  [
    aPush({ kind: 'accountChanged', what: 'totp-off', device: 'Firefox on Windows', place: 'Berlin' }),
    'Codes from an app were turned off',
    'Firefox on Windows, Berlin',
  ],
  [aPush({ kind: 'test', id: CALL }), 'Dialog', 'Notifications reach this device.'],
  [aPush({ kind: 'somethingLater' }), 'Dialog', 'There is something new for you.'],
])('%j says %s: %s', (...[push, title, body]) => {
  expect(noticeOf(push, NOW)).toMatchObject({ title, body });
});

test('a call rings with its buttons until it is over, and is a missed one then', () => {
  const call = { kind: 'call', chatId: CHAT, callId: CALL, content: { sender, title: null } };
  const ringing = noticeOf(aPush({ ...call, expiresAt: '2026-05-05T12:00:30.000Z' }), NOW);
  expect(ringing).toMatchObject({ title: 'Ada', body: 'is calling', isUrgent: true, acts: ['accept', 'decline'] });
  const late = noticeOf(aPush({ ...call, expiresAt: '2026-05-05T11:59:30.000Z' }), NOW);
  expect(late).toMatchObject({ body: 'Missed call', isUrgent: false, acts: [] });
  expect(late.data.tag).toBe(ringing.data.tag);
});

test('a message leads to its place, and one in a thread to that', () => {
  expect(noticeOf(aMessage({}), NOW).data).toMatchObject({ path: `/chat/${CHAT}`, tag: `chat:${CHAT}`, position: 7 });
  expect(noticeOf(aMessage({ thread: 3 }), NOW).data).toMatchObject({
    path: `/chat/${CHAT}/thread/3`,
    tag: `thread:${CHAT}:3`,
  });
});
