import type { PeerMessage } from '@dialog/shared/calls.peers';
import { expect, test } from 'vitest';
import { aParticipant } from '../testing.ts';
import { createTestClock } from '../../testing/testClock.ts';
import type { Participant } from '../transport/media.transport.ts';
import { createOwnPeers, type Told } from './own.peers.ts';
import { createOwnPeople } from './own.people.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna');
const up = { kind: 'state', state: { hand: 5, isOnHold: false } } as const;

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
  peers.take({ identity: anna.identity, message: { kind: 'state', state: { hand: 5, isOnHold: true } } });
  expect(shown('Anna')).toMatchObject({ hand: 5, isOnHold: true, isLost: false });
  people.take([me]);
  expect(shown('Anna')).toMatchObject({ hand: 5, isLost: true });
});

test('the next call begins with all hands down', () => {
  const { peers, people, shown } = aCall();
  people.take([me, anna]);
  peers.change({ hand: 7 });
  peers.take({ identity: anna.identity, message: up });
  peers.clear();
  people.clear();
  people.take([me, anna]);
  expect(shown('Me')?.hand).toBeNull();
  expect(shown('Anna')?.hand).toBeNull();
});

test('what is told in passing reaches who listens, and nobody who stopped', () => {
  const { peers } = aCall();
  const heard: Told[] = [];
  const stop = peers.onTold((said) => heard.push(said));
  const clapping = { identity: anna.identity, message: { kind: 'emoji', emoji: '👏' } } as const;
  peers.take(clapping);
  stop();
  peers.take(clapping);
  expect(heard).toEqual([clapping]);
});

function aCall() {
  const told: [PeerMessage, string | undefined][] = [];
  let everyone: readonly Participant[] = [];
  const peers = createOwnPeers({
    tell: (message, to) => told.push([message, to]),
    changed: () => people.again(),
  });
  const people = createOwnPeople({
    clock: createTestClock(),
    describe: peers.describe,
    changed: (now) => (everyone = now),
  });
  return { peers, people, told, shown: (name: string) => everyone.find((one) => one.name === name) };
}
