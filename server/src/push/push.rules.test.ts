import { DEFAULT_SETTINGS, isUndisturbed, type Settings } from '@dialog/shared/settings.values';
import { expect, test } from 'vitest';
import { heardAs, levelOf, wantsEvent, type Heard, type Place } from './push.rules.ts';

const NOW = new Date('2026-05-05T12:00:00Z');
const LATER = new Date('2026-05-05T13:00:00Z');
const EARLIER = new Date('2026-05-05T11:00:00Z');

const DIRECT: Place = { isDirect: true, level: null, mutedUntil: null, thread: null };
const GROUP: Place = { ...DIRECT, isDirect: false };
const FOLLOWED: Place = { ...GROUP, thread: { isFollowing: true } };
const PASSED_BY: Place = { ...GROUP, thread: { isFollowing: false } };

const WORDS: Heard = { isOwn: false, isCalled: false, isAnswer: false, isBlocked: false };
const CALL: Heard = { ...WORDS, isCalled: true };
const ANSWER: Heard = { ...WORDS, isAnswer: true };
const OWN: Heard = { ...CALL, isAnswer: true, isOwn: true };
const BLOCKED: Heard = { ...CALL, isBlocked: true };

const settingsWith = (notifications: Partial<Settings['notifications']>): Settings => ({
  ...DEFAULT_SETTINGS,
  notifications: { ...DEFAULT_SETTINGS.notifications, ...notifications },
});

test.each([
  ['words in a direct chat', DIRECT, WORDS, {}, 'message'],
  ['an answer in a direct chat', DIRECT, ANSWER, {}, 'reply'],
  ['words in a group', GROUP, WORDS, {}, 'message'],
  ['a call in a group', GROUP, CALL, {}, 'mention'],
  ['my own words', DIRECT, OWN, {}, null],
  ['words of somebody blocked', GROUP, BLOCKED, {}, null],
  // The chat's own level counts more than what groups have by default.
  ['words where groups are quiet', GROUP, WORDS, { groups: 'mentions' }, null],
  ['a call where groups are quiet', GROUP, CALL, { groups: 'mentions' }, 'mention'],
  ['an answer where groups are quiet', GROUP, ANSWER, { groups: 'mentions' }, 'reply'],
  ['words in a group that is loud by itself', { ...GROUP, level: 'all' }, WORDS, { groups: 'nothing' }, 'message'],
  ['a call where groups are silent', GROUP, CALL, { groups: 'nothing' }, null],
  ['words in a direct chat where groups are silent', DIRECT, WORDS, { groups: 'nothing' }, 'message'],
  ['words where direct chats are silent', DIRECT, WORDS, { direct: 'nothing' }, null],
  ['a call in a chat of level nothing', { ...GROUP, level: 'nothing' }, CALL, {}, null],
  ['words in a chat of level mentions', { ...DIRECT, level: 'mentions' }, WORDS, {}, null],
  // Muted is muted, whoever calls, until it is over.
  ['a call in a muted chat', { ...GROUP, mutedUntil: LATER }, CALL, {}, null],
  ['words in a chat that was muted until just now', { ...GROUP, mutedUntil: NOW }, WORDS, {}, 'message'],
  ['words in a chat that was muted', { ...GROUP, mutedUntil: EARLIER }, WORDS, {}, 'message'],
  // Threads are for those who follow them or are called there.
  ['words in a thread I follow', FOLLOWED, WORDS, {}, 'reply'],
  ['words in another thread', PASSED_BY, WORDS, {}, null],
  ['a call in another thread', PASSED_BY, CALL, {}, 'mention'],
  ['words in a thread I follow where groups are quiet', FOLLOWED, WORDS, { groups: 'mentions' }, null],
  ['a call in a thread of a muted group', { ...FOLLOWED, mutedUntil: LATER }, CALL, {}, null],
] as const)('%s', (...[, place, heard, notifications, expected]) => {
  expect(heardAs(heard, place, levelOf(place, settingsWith(notifications), NOW))).toBe(expected);
});

test('nothing is told at night, nor to who does not want to be disturbed', () => {
  const night = { from: 22 * 60, until: 7 * 60, timeZone: 'UTC' };
  expect(isUndisturbed(settingsWith({ quietHours: night }), NOW.getTime())).toBe(false);
  expect(isUndisturbed(settingsWith({ quietHours: night }), Date.parse('2026-05-05T23:00:00Z'))).toBe(true);
  const busy = (until: Date | null): Settings => ({
    ...DEFAULT_SETTINGS,
    presence: { choice: 'doNotDisturb', until: until && until.toISOString() },
  });
  expect(isUndisturbed(busy(null), NOW.getTime())).toBe(true);
  expect(isUndisturbed(busy(LATER), NOW.getTime())).toBe(true);
  expect(isUndisturbed(busy(EARLIER), NOW.getTime())).toBe(false);
  expect(isUndisturbed({ ...DEFAULT_SETTINGS, presence: { choice: 'invisible', until: null } }, NOW.getTime())).toBe(
    false,
  );
});

test('what is no message has a switch of its own, but that somebody signed in', () => {
  expect(wantsEvent('reaction', DEFAULT_SETTINGS)).toBe(false);
  expect(wantsEvent('reaction', settingsWith({ reactions: true }))).toBe(true);
  expect(wantsEvent('friendRequest', DEFAULT_SETTINGS)).toBe(true);
  expect(wantsEvent('friendAccepted', settingsWith({ friendRequests: false }))).toBe(false);
  expect(wantsEvent('call', DEFAULT_SETTINGS)).toBe(true);
  expect(wantsEvent('missedCall', settingsWith({ calls: false }))).toBe(false);
  expect(wantsEvent('signIn', settingsWith({ calls: false, friendRequests: false }))).toBe(true);
});
