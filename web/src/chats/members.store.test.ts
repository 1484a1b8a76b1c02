import type { Member, Role } from '@dialog/shared/chats';
import { expect, test } from 'vitest';
import { aUser } from '../testing/chatModel.ts';
import { aChatId } from '../testing/ids.ts';
import { applyMembers, lastMemberId, mayManage, mayRemove, openMembers, presentMembers } from './members.store.ts';

function aMember(n: number, role: Role | null, revision = 1): Member {
  return { chatId: aChatId(1), user: aUser(n), role, revision };
}

const compare = new Intl.Collator('en').compare;

test('members told in any order end as the newest of each', () => {
  const facts = [aMember(2, 'member', 3), aMember(2, null, 5), aMember(2, 'admin', 4)];
  for (const order of [facts, facts.toReversed()])
    expect(
      order.reduce((known, fact) => applyMembers(known, [fact]), openMembers([], false)).members.get(aUser(2).id)?.role,
    ).toBeNull();
});

test('owners come first, then admins, then members by name; who left is not among them', () => {
  const known = openMembers(
    [aMember(4, 'member'), aMember(3, 'member'), aMember(2, 'admin'), aMember(1, 'owner'), aMember(5, null)],
    false,
  );
  expect(presentMembers(known, compare).map(({ user }) => user.userName)).toEqual([
    'person1',
    'person2',
    'person3',
    'person4',
  ]);
});

test('the next page begins after the last id known', () => {
  expect(lastMemberId(openMembers([aMember(3, 'member'), aMember(9, 'member'), aMember(4, 'member')], true))).toBe(
    aUser(9).id,
  );
  expect(lastMemberId(openMembers([], true))).toBeUndefined();
});

test('owners remove anyone, admins plain members, members nobody', () => {
  const roles = ['owner', 'admin', 'member'] as const;
  expect(roles.map((mine) => roles.filter((theirs) => mayRemove(mine, theirs)))).toEqual([[...roles], ['member'], []]);
  expect(roles.filter(mayManage)).toEqual(['owner', 'admin']);
});
