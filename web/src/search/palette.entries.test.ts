import type { ChatSummary } from '@dialog/shared/chats';
import { ChatId, UserId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { aPlace } from '../testing/chatModel.ts';
import { groupsFor } from './palette.entries.ts';

const ids = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);

function aGroup(at: number, title: string): ChatSummary {
  const id = ChatId.parse(ids[at]);
  return {
    chat: { id, kind: 'group', title, memberCount: 2, call: null, createdAt: '2026-01-01T00:00:00.000Z', revision: 1 },
    revision: 1,
    role: 'member',
    peer: null,
    lastMessage: null,
    readPosition: 0,
    unreadCount: 0,
    mentions: [],
    threadMentions: [],
    place: aPlace(),
  };
}

const run = (): void => undefined;
const known = {
  summaries: [aGroup(0, 'Große Fahrt'), aGroup(1, 'Harbour walk')],
  titleOf: ({ chat }: ChatSummary) => chat.title ?? '',
  people: [{ id: UserId.parse(ids[2]), userName: 'maria.k', displayName: 'María Kovács' }],
  acts: [{ id: 'settings', label: 'Settings', alsoFoundBy: 'theme password', icon: null, run }],
  hits: [],
  hasMoreHits: false,
};

const shown = (question: string): string[] =>
  groupsFor(question, known).flatMap(({ name, entries }) => entries.map(({ id }) => `${name} ${id}`));

test('before anything is typed there are the last chats and where one can go', () => {
  expect(shown(' ')).toEqual([`recent chat-${ids[0]}`, `recent chat-${ids[1]}`, 'acts act-settings']);
});

test('names are found by the beginnings of their words, in any order, with or without accents', () => {
  expect(shown('fa gros')).toEqual([`chats chat-${ids[0]}`]);
  expect(shown('WALK')).toEqual([`chats chat-${ids[1]}`]);
  expect(shown('kovacs mar')).toEqual([`people person-${ids[2]}`]);
  expect(shown('maria.k')).toEqual([`people person-${ids[2]}`]);
  expect(shown('arbour')).toEqual([]);
});

test('what one can go to is found by its name, and by what is there from four letters on', () => {
  expect(shown('set')).toEqual(['acts act-settings']);
  expect(shown('pass')).toEqual(['acts act-settings']);
  expect(shown('the')).toEqual([]);
});
