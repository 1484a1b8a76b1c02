import { chatRoutes, type ChatSummary, type Member, type Role } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { EMPTY_LIST } from '../../chats/chats.store.ts';
import type { ChatsState } from '../../chats/chats.sync.ts';
import { applyMembers, openMembers } from '../../chats/members.store.ts';
import { createFakeCall } from '../../testing/fakeServer.ts';
import { aChatId, aUserId } from '../../testing/ids.ts';
import { learnRoles } from './roles.ts';
import { mayOrder } from './useMayOrder.ts';

const [chatId, me] = [aChatId(1), aUserId(0)];

function aMember(at: number, role: Role): Member {
  return { user: { id: aUserId(at) }, role, revision: 1 } as unknown as Member;
}

function aGroup({ mine, startedBy = aUserId(9) }: { readonly mine: Role; readonly startedBy?: UserId }) {
  const summary = { chat: { kind: 'group', call: { startedBy } }, role: mine } as unknown as ChatSummary;
  let state: Pick<ChatsState, 'list' | 'members'> = {
    list: { ...EMPTY_LIST, chats: new Map([[chatId, { summary, heard: [], taken: [], countedAt: 1 }]]) },
    members: new Map(),
  };
  const { call, answer } = createFakeCall();
  const pages = [[aMember(1, 'member')], [aMember(2, 'admin')], [aMember(3, 'member')]];
  let asked = 0;
  answer(chatRoutes.listMembers, () => {
    asked += 1;
    return { members: pages.shift() ?? [], hasMore: pages.length > 0 };
  });
  const chats = {
    store: { getState: () => state as ChatsState },
    learnMembers(_: unknown, { members, hasMore }: { members: readonly Member[]; hasMore: boolean }) {
      const known = state.members.get(chatId);
      const next = known ? applyMembers(known, members, hasMore) : openMembers(members, hasMore);
      state = { ...state, members: new Map([[chatId, next]]) };
    },
  };
  return {
    asked: () => asked,
    may: (at?: number) => mayOrder(state, { me, chatId, userId: at === undefined ? undefined : aUserId(at) }),
    learn: (...wanted: readonly number[]) =>
      learnRoles(chatId, { call, chats, wanted: () => wanted.map((at) => aUserId(at)) }),
  };
}

test('of somebody whose role is not known nobody is offered what the server might refuse, but the owner', () => {
  expect(aGroup({ mine: 'owner' }).may(2)).toBe(true);
  expect(aGroup({ mine: 'admin' }).may(2)).toBe('unknown');
  expect(aGroup({ mine: 'member', startedBy: me }).may(2)).toBe('unknown');
  expect(aGroup({ mine: 'member' }).may(2)).toBe(false);
  expect(aGroup({ mine: 'admin' }).may()).toBe(true);
});

test('the roles are asked for as far as they are wanted, and then the menu is right', async () => {
  const group = aGroup({ mine: 'admin' });
  await Promise.all([group.learn(1, 2), group.learn(1, 2)]);
  expect([group.may(1), group.may(2), group.may(3)]).toEqual([true, false, 'unknown']);
  expect(group.asked()).toBe(2);
  await group.learn(3, 4);
  // Four is none of the group's members.
  expect([group.may(3), group.may(4)]).toEqual([true, true]);
  expect(group.asked()).toBe(3);
});
