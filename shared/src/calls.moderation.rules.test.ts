import { expect, test } from 'vitest';
import { type CallStanding, mayModerate } from './calls.moderation.rules.ts';

const people = {
  owner: { role: 'owner', hasStarted: false },
  admin: { role: 'admin', hasStarted: false },
  starter: { role: 'member', hasStarted: true },
  member: { role: 'member', hasStarted: false },
  gone: { role: null, hasStarted: true },
} satisfies Record<string, CallStanding>;

function whoMay(isAnnouncementOnly: boolean): string[] {
  return Object.entries(people).flatMap(([actor, standing]) => [
    ...(mayModerate({ isAnnouncementOnly }, standing) ? [`${actor} ends`] : []),
    ...Object.entries(people)
      .filter(([, target]) => mayModerate({ isAnnouncementOnly }, standing, target))
      .map(([target]) => `${actor} → ${target}`),
  ]);
}

test('owners keep order towards everyone, admins towards those below, whoever started the call towards plain members', () => {
  expect(whoMay(false)).toEqual([
    'owner ends',
    ...['owner', 'admin', 'starter', 'member', 'gone'].map((target) => `owner → ${target}`),
    'admin ends',
    ...['starter', 'member', 'gone'].map((target) => `admin → ${target}`),
    'starter ends',
    ...['member', 'gone'].map((target) => `starter → ${target}`),
  ]);
});

test('where only owners and admins speak, having started the call gives no say', () => {
  const who = whoMay(true);
  expect(who.filter((one) => one.startsWith('starter'))).toEqual([]);
  expect(who).toContain('admin → starter');
});
