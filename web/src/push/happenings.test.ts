import type { ChatSummary } from '@dialog/shared/chats';
import { MUTED_FOR_GOOD } from '@dialog/shared/chats.values';
import { CallId } from '@dialog/shared/contract/values';
import type { Relation } from '@dialog/shared/people';
import { DEFAULT_SETTINGS, type NotificationSettings } from '@dialog/shared/settings.values';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type ChatList, EMPTY_LIST } from '../chats/chats.store.ts';
import { aChatModel, aUser } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import { type Disposition, happeningTold } from './deciding.ts';
import { type Happening, hearHappenings } from './happenings.ts';

const ME = aUserId(1);
const ADA = aUser(2);
const CALL = CallId.parse('01890000-0000-7000-8000-00000000ca11');
const NOON = Date.parse('2026-03-02T12:00:00Z');

function aCallIn(secondsAgo = 0, chat: Partial<ChatSummary['chat']> = {}): ChatSummary {
  const model = aChatModel();
  model.setRole(ME, 'member');
  const known = model.summaryFor(ME);
  const startedAt = new Date(NOON - secondsAgo * 1_000).toISOString();
  return { ...known, chat: { ...known.chat, call: { id: CALL, startedBy: ADA.id, startedAt, way: 'sfu' }, ...chat } };
}

function listWith(summary: ChatSummary | undefined, friendship: Relation['friendship'] = 'none'): ChatList {
  return {
    ...EMPTY_LIST,
    chats: new Map(summary && [[summary.chat.id, { summary, members: undefined } as never]]),
    relations: new Map([[ADA.id, { user: ADA, friendship, isBlocked: false, revision: 1 }]]),
  };
}

/** A list of chats and people, and what is heard as it changes. */
function aList(list: ChatList, isKnown = true) {
  const store = createStore(() => ({ list, isKnown, members: new Map() }));
  const heard: string[] = [];
  hearHappenings(
    { store },
    {
      began: ({ kind, tag }) => heard.push(`${kind} ${tag}`),
      over: (tag) => heard.push(`over ${tag}`),
    },
  );
  return { heard, become: (next: ChatList) => store.setState({ list: next, isKnown: true }) };
}

test('a request and a call are told of as they come, once, and that they are over', () => {
  const { heard, become } = aList(listWith(aCallIn(0, { call: null })));
  become(listWith(aCallIn()));
  become(listWith(aCallIn(), 'asks'));
  become(listWith(aCallIn(), 'asks'));
  expect(heard).toEqual([`call call:${CALL}`, `friendRequest friend:${ADA.id}`]);
  become(listWith(aCallIn(), 'friends'));
  become(listWith(undefined, 'friends'));
  expect(heard.slice(2)).toEqual([`over friend:${ADA.id}`, `over call:${CALL}`]);
});

test('what was there before the page knew anything is no news', () => {
  const { heard, become } = aList(EMPTY_LIST, false);
  become(listWith(aCallIn(), 'asks'));
  expect(heard).toEqual([]);
});

interface Case {
  readonly happening?: Happening;
  readonly settings?: Partial<NotificationSettings>;
  readonly disposition?: Partial<Disposition>;
  readonly isLookedAt?: boolean;
}

const request: Happening = { kind: 'friendRequest', tag: 'friend', user: ADA };
const NIGHT_NOW = { from: 11 * 60, until: 13 * 60, timeZone: 'UTC' };

function callOf(summary: ChatSummary): Happening {
  const { call } = summary.chat;
  if (!call) throw new Error('no call');
  return { kind: 'call', tag: 'call', summary, call };
}

test.each<[string, Case, string]>([
  ['a call', {}, 'aloud'],
  ['my own call', { disposition: { me: ADA.id } }, 'not'],
  ['a call while I want to hear of none', { settings: { calls: false } }, 'not'],
  ['one that has rung long enough', { happening: callOf(aCallIn(45)) }, 'not'],
  ['one in a group that is too large', { happening: callOf(aCallIn(0, { memberCount: 51 })) }, 'not'],
  ['one of somebody blocked', { disposition: { isBlocked: (id) => id === ADA.id } }, 'not'],
  ['one in a chat where nothing counts', { settings: { groups: 'nothing' } }, 'not'],
  [
    'one in a muted chat',
    { happening: callOf({ ...aCallIn(), place: { ...aCallIn().place, mutedUntil: MUTED_FOR_GOOD } }) },
    'not',
  ],
  ['one that is looked at', { isLookedAt: true }, 'not'],
  ['one while I have no sound', { settings: { sound: 'none' } }, 'quietly'],
  ['a request', { happening: request }, 'aloud'],
  ['a request of somebody blocked', { happening: request, disposition: { isBlocked: () => true } }, 'not'],
  ['a request while I want to hear of none', { happening: request, settings: { friendRequests: false } }, 'not'],
  ['a request while I am not to be disturbed', { happening: request, disposition: { isDoNotDisturb: true } }, 'not'],
  ['a request in my quiet hours', { happening: request, settings: { quietHours: NIGHT_NOW } }, 'not'],
])('%s is told as it should be', (_what, given, expected) => {
  const { isShown, isHeard } = happeningTold(
    given.happening ?? callOf(aCallIn()),
    {
      me: ME,
      settings: { ...DEFAULT_SETTINGS.notifications, ...given.settings },
      isDoNotDisturb: false,
      isBlocked: () => false,
      ...given.disposition,
    },
    { isLookedAt: given.isLookedAt ?? false, now: NOON },
  );
  expect(isShown ? (isHeard ? 'aloud' : 'quietly') : 'not').toBe(expected);
});
