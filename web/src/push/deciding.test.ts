import type { ChatSummary } from '@dialog/shared/chats';
import { MUTED_FOR_GOOD } from '@dialog/shared/chats.values';
import type { Message } from '@dialog/shared/messages';
import { DEFAULT_SETTINGS, type NotificationSettings } from '@dialog/shared/settings.values';
import { expect, test } from 'vitest';
import { aChatModel } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import { type Arrival, type Disposition, tellingOf } from './deciding.ts';

const ME = aUserId(1);
const ADA = aUserId(2);
const NOON = Date.parse('2026-03-02T12:00:00Z');

interface Case {
  readonly message?: Partial<Message>;
  readonly place?: Partial<ChatSummary['place']>;
  readonly kind?: ChatSummary['chat']['kind'];
  readonly readPosition?: number;
  readonly settings?: Partial<NotificationSettings>;
  readonly arrival?: Partial<Arrival>;
  readonly disposition?: Partial<Disposition>;
  readonly isLookedAt?: boolean;
}

function told(given: Case) {
  const model = aChatModel();
  model.setRole(ME, 'member');
  const [message] = model.post(ADA, 'Tea?').messages;
  if (!message) throw new Error('posted nothing');
  const known = model.summaryFor(ME);
  const summary: ChatSummary = {
    ...known,
    chat: { ...known.chat, kind: given.kind ?? 'group' },
    readPosition: given.readPosition ?? 0,
    place: { ...known.place, ...given.place },
  };
  const arrival: Arrival = {
    summary,
    message: { ...message, ...given.message },
    isCall: false,
    isFollowed: false,
    ...given.arrival,
  };
  const disposition: Disposition = {
    me: ME,
    settings: { ...DEFAULT_SETTINGS.notifications, ...given.settings },
    isDoNotDisturb: false,
    isBlocked: () => false,
    ...given.disposition,
  };
  const { isShown, isHeard } = tellingOf(arrival, disposition, { isLookedAt: given.isLookedAt ?? false, now: NOON });
  if (isHeard && !isShown) return 'only heard';
  return isShown ? (isHeard ? 'aloud' : 'quietly') : 'not';
}

const NIGHT_NOW = { from: 11 * 60, until: 13 * 60, timeZone: 'UTC' };

test.each<[string, Case, string]>([
  ['a message of somebody else', {}, 'aloud'],
  ['one in a direct chat', { kind: 'direct' }, 'aloud'],
  [
    'a poll',
    { message: { content: { kind: 'poll', question: '?', options: [], isMultiple: false, isAnonymous: false } } },
    'aloud',
  ],
  ['my own, from another device', { message: { senderId: ME } }, 'not'],
  ['what the chat says of itself', { message: { content: { kind: 'system', note: { what: 'memberLeft' } } } }, 'not'],
  ['one taken back meanwhile', { message: { content: { kind: 'deleted' } } }, 'not'],
  ['one read already, on another device', { readPosition: 1_000 }, 'not'],
  ['one of somebody blocked', { disposition: { isBlocked: (id) => id === ADA } }, 'not'],
  ['a silent one', { message: { isSilent: true } }, 'quietly'],
  ['one while I have no sound', { settings: { sound: 'none' } }, 'quietly'],
  ['one in a muted chat', { place: { mutedUntil: MUTED_FOR_GOOD } }, 'not'],
  ['a call by name in a muted chat', { place: { mutedUntil: MUTED_FOR_GOOD }, arrival: { isCall: true } }, 'not'],
  ['one in a chat whose mute has ended', { place: { mutedUntil: '2026-03-02T11:59:59.000Z' } }, 'aloud'],
  ['one where only mentions count', { place: { level: 'mentions' } }, 'not'],
  ['a call by name where only mentions count', { place: { level: 'mentions' }, arrival: { isCall: true } }, 'aloud'],
  ['a call by name where nothing counts', { place: { level: 'nothing' }, arrival: { isCall: true } }, 'not'],
  ['one in a group when of groups only mentions count', { settings: { groups: 'mentions' } }, 'not'],
  [
    'one in a direct chat when of groups only mentions count',
    { kind: 'direct', settings: { groups: 'mentions' } },
    'aloud',
  ],
  ['one in a direct chat when of those nothing counts', { kind: 'direct', settings: { direct: 'nothing' } }, 'not'],
  ['a reply in a thread of others', { message: { thread: 3 } }, 'not'],
  ['a reply in a thread that I follow', { message: { thread: 3 }, arrival: { isFollowed: true } }, 'aloud'],
  ['a reply in a thread that calls me', { message: { thread: 3 }, arrival: { isCall: true } }, 'aloud'],
  [
    'a followed reply where only mentions count',
    { message: { thread: 3 }, arrival: { isFollowed: true }, place: { level: 'mentions' } },
    'not',
  ],
  ['one that is looked at', { isLookedAt: true }, 'not'],
  ['one while I am not to be disturbed', { disposition: { isDoNotDisturb: true } }, 'not'],
  ['one in my quiet hours', { settings: { quietHours: NIGHT_NOW } }, 'not'],
])('%s is told as it should be', (_what, given, expected) => {
  expect(told(given)).toBe(expected);
});
