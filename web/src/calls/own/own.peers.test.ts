import type { PeerMessage } from '@dialog/shared/calls.peers';
import { expect, test } from 'vitest';
import { aParticipant } from '../testing.ts';
import { createTestClock } from '../../testing/testClock.ts';
import type { Participant } from '../transport/media.transport.ts';
import { createOwnPeers, type Told } from './own.peers.ts';
import { createOwnPeople } from './own.people.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna');
const up = { kind: 'state', state: { hand: 5, isOnHold: false, isLinkPoor: false, share: null } } as const;

test('a raised hand is told to all, to each newcomer once, and again on a new way', () => {
  const { peers, told } = aCall();
  peers.change({ hand: 5 });
  expect(told).toEqual([[up, undefined]]);
  peers.meet([me, anna]);
  peers.meet([me, anna]);
  expect(told.slice(1)).toEqual([[up, anna.identity]]);
  peers.startOver();
  peers.meet([me, anna]);
  expect(told.slice(2)).toEqual([[up, anna.identity]]);
});

test('what others say of themselves stands at their names, also while their network blinks', () => {
  const { peers, people, shown } = aCall();
  people.take([me, anna]);
  peers.take({
    identity: anna.identity,
    message: { kind: 'state', state: { hand: 5, isOnHold: true, isLinkPoor: false, share: null } },
  });
  expect(shown('Anna')).toMatchObject({ hand: 5, isOnHold: true, isLost: false });
  people.take([me]);
  expect(shown('Anna')).toMatchObject({ hand: 5, isLost: true });
});

test('what is told in passing is passed on, and nothing of it is kept', () => {
  const { peers, passed, shown, people } = aCall();
  people.take([me, anna]);
  const clapping = { identity: anna.identity, message: { kind: 'emoji', emoji: '👏' } } as const;
  peers.take(clapping);
  expect(passed).toEqual([clapping]);
  expect(shown('Anna')?.hand).toBeNull();
});

function aCall() {
  const told: [PeerMessage, string | undefined][] = [];
  const passed: Told[] = [];
  let everyone: readonly Participant[] = [];
  const peers = createOwnPeers({
    tell: (message, to) => told.push([message, to]),
    changed: () => people.again(),
    passed: (said) => passed.push(said),
    isBlocked: () => false,
  });
  const people = createOwnPeople({
    clock: createTestClock(),
    describe: peers.describe,
    changed: (now) => (everyone = now),
  });
  return { peers, people, passed, told, shown: (name: string) => everyone.find((one) => one.name === name) };
}
