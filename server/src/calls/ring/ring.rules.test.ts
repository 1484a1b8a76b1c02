import type { CallId, ChatId, DeviceId, UserId } from '@dialog/shared/contract/values';
import { DEFAULT_SETTINGS, type Settings } from '@dialog/shared/settings.values';
import { expect, test } from 'vitest';
import type { Standing } from '../../people/people.reach.ts';
import { newId } from '../../platform/ids.ts';
import { howAsked, ringingIn, type RungPlace } from './ring.rules.ts';
import type { AskedNow } from './ring.store.ts';

const NOW = new Date('2026-05-05T12:00:00Z');
const LATER = new Date('2026-05-05T13:00:00Z');

const DIRECT: RungPlace = { isDirect: true, level: null, mutedUntil: null };
const GROUP: RungPlace = { ...DIRECT, isDirect: false };
const KNOWN: Omit<Standing, 'settings'> = { blocks: false, isBlocked: false, isFriend: false };
const FRIEND = { ...KNOWN, isFriend: true };

interface Chosen {
  readonly privacy?: Partial<Settings['privacy']>;
  readonly notifications?: Partial<Settings['notifications']>;
  readonly presence?: Settings['presence'];
}

function withSettings({ privacy, notifications, presence = DEFAULT_SETTINGS.presence }: Chosen): Settings {
  return {
    ...DEFAULT_SETTINGS,
    privacy: { ...DEFAULT_SETTINGS.privacy, ...privacy },
    notifications: { ...DEFAULT_SETTINGS.notifications, ...notifications },
    presence,
  };
}

const friendsOnly: Chosen = { privacy: { call: 'friends' } };
const undisturbed: Chosen = { presence: { ...DEFAULT_SETTINGS.presence, choice: 'doNotDisturb', until: null } };
const atNight: Chosen = { notifications: { quietHours: { from: 11 * 60, until: 13 * 60, timeZone: 'UTC' } } };

test.each([
  ['somebody who let things be as they are', KNOWN, DIRECT, {}, 'loud'],
  ['whoever blocks the caller', { ...KNOWN, blocks: true }, DIRECT, {}, 'apart'],
  ['whom the caller blocks', { ...KNOWN, isBlocked: true }, GROUP, {}, 'apart'],
  ['a friend who lets friends call', FRIEND, DIRECT, friendsOnly, 'loud'],
  ['a stranger who lets friends call', KNOWN, DIRECT, friendsOnly, 'apart'],
  ['a friend who lets nobody call', FRIEND, DIRECT, { privacy: { call: 'nobody' } }, 'apart'],
  ['who is not to be disturbed', FRIEND, DIRECT, undisturbed, 'quiet'],
  // Whether they would rather not hear it counts only for those who may call at all.
  [
    'a stranger to friends only, who is not to be disturbed',
    KNOWN,
    DIRECT,
    { ...friendsOnly, ...undisturbed },
    'apart',
  ],
  ['who sleeps', KNOWN, DIRECT, atNight, 'quiet'],
  ['who wants no calls told', KNOWN, DIRECT, { notifications: { calls: false } }, 'quiet'],
  ['whose direct chats are silent', KNOWN, DIRECT, { notifications: { direct: 'nothing' } }, 'quiet'],
  ['whose direct chats are silent, in a group', KNOWN, GROUP, { notifications: { direct: 'nothing' } }, 'loud'],
  ['whose groups tell mentions only', KNOWN, GROUP, { notifications: { groups: 'mentions' } }, 'loud'],
  ['who hears this group alone', KNOWN, { ...GROUP, level: 'all' }, { notifications: { groups: 'nothing' } }, 'loud'],
  ['who has muted the chat', KNOWN, { ...GROUP, mutedUntil: LATER }, {}, 'quiet'],
  ['who had muted the chat until now', KNOWN, { ...GROUP, mutedUntil: NOW }, {}, 'loud'],
] as const)('%s is asked', (...[, standing, place, chosen, how]) => {
  expect(howAsked({ ...standing, settings: withSettings(chosen) }, place, NOW)).toBe(how);
});

const someone: AskedNow = {
  ...{ callId: newId<CallId>(), chatId: newId<ChatId>(), userId: newId<UserId>(), from: newId<UserId>() },
  ...{ isVideo: false, how: 'loud', isPushedTo: false, isHidden: false, round: 0, expiresAt: 45_000 },
  ...{ state: 'asked', deviceId: '', devices: new Map() },
};
/** `true`: it is busy. */
const on = (...areBusy: readonly boolean[]): Pick<AskedNow, 'devices'> => ({
  devices: new Map(areBusy.map((isBusy) => [newId<DeviceId>(), isBusy])),
});
const pushed = { isPushedTo: true } as const;
const hidden = { isHidden: true } as const;

test.each([
  ['no device, and nothing to push to', {}, 'unreachable', 0],
  ['no device, but a push', pushed, 'notified', 0],
  ['a push that their settings hold back', { ...pushed, how: 'quiet' }, 'unreachable', 0],
  ['a push across a block', { ...pushed, how: 'apart' }, 'unreachable', 0],
  ['a device that rings', { ...pushed, ...on(false) }, 'ringing', 1],
  ['two that ring and one in another call', on(false, true, false), 'ringing', 2],
  ['all of them in other calls', on(true, true), 'busy', 0],
  ['an answer', { state: 'answered', ...on(false) }, 'answered', 0],
  ['a refusal', { state: 'declined', ...on(false) }, 'declined', 0],
  ['a call that ended before', { state: 'ended', ...on(false) }, 'missed', 0],
  // Whoever does not show that they are there is no more there for a caller than for anybody.
  ['somebody hidden who is there', { ...hidden, ...on(false) }, 'unreachable', 0],
  ['somebody hidden who is busy, and pushed to', { ...hidden, ...pushed, ...on(true) }, 'notified', 0],
  ['somebody hidden who answered', { ...hidden, state: 'answered' }, 'unreachable', 0],
  ['somebody hidden who declined', { ...hidden, state: 'declined' }, 'declined', 0],
] as const)('%s: who called is told so', (...[, found, state, devices]) => {
  const { asked } = ringingIn(someone, [{ ...someone, ...found }]);
  expect(asked).toEqual([{ userId: someone.userId, state, devices, expiresAt: '1970-01-01T00:00:45.000Z' }]);
});
