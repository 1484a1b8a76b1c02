import type { CallSignal } from '@dialog/shared/calls.direct.values';
import { expect, test } from 'vitest';
import { createTestClock } from '../../../testing/testClock.ts';
import { createNegotiation, type Negotiable } from './negotiation.ts';

test('the impolite side offers, the polite one answers, and both are settled', async () => {
  const world = twoSides();
  world.rude.needsNegotiation();
  world.kind.needsNegotiation();
  await world.flow();
  expect(world.states()).toEqual(['stable', 'stable']);
  expect(world.kind.remote).toBe('offer 1 of rude');
  expect(world.rude.remote).toBe('answer 1 of kind');
});

test('when both offer at once, the impolite offer stands and both are settled', async () => {
  const world = await settledSides();
  world.rude.needsNegotiation();
  world.kind.needsNegotiation();
  await world.flow();
  expect(world.states()).toEqual(['stable', 'stable']);
  expect(world.kind.remote).toBe('offer 2 of rude');
  expect(world.rude.remote).toBe('answer 2 of kind');
});

test('an offer that was lost is said again, and so is one whose answer was lost', async () => {
  const world = twoSides();
  world.rude.needsNegotiation();
  await world.lose();
  await world.clock.advance(2_000);
  await world.flow({ untilAnswer: true });
  expect(world.states()).toEqual(['have-local-offer', 'stable']);
  await world.lose();
  await world.clock.advance(2_000);
  await world.flow();
  expect(world.states()).toEqual(['stable', 'stable']);
  await world.clock.advance(60_000);
  expect(world.waiting()).toBe(0);
});

test('candidates that come before their description wait for it', async () => {
  const world = twoSides();
  world.rude.finds('early');
  await world.flow();
  expect(world.kind.candidates).toEqual([]);
  world.rude.needsNegotiation();
  await world.flow();
  expect(world.kind.candidates).toEqual(['early']);
  world.rude.finds('late');
  world.rude.findsNoMore();
  await world.flow();
  expect(world.kind.candidates).toEqual(['early', 'late', '']);
});

test('candidates that overtake the search for another way wait for it, and are not taken for the way before', async () => {
  const world = await settledSides();
  const { kind } = world;
  kind.take(aCandidate('of the first way', 'rude1'));
  kind.take(aCandidate('of another way', 'rude2'));
  await world.flow();
  expect(kind.candidates).toEqual(['of the first way']);
  world.rude.needsNegotiation();
  await world.flow();
  expect(kind.candidates).toEqual(['of the first way', 'of another way']);
});

test('of candidates of which no way ever comes the last hundred are kept', async () => {
  const world = await settledSides();
  for (let count = 0; count <= 100; count += 1) world.kind.take(aCandidate(`${count}`, 'rude2'));
  world.rude.needsNegotiation();
  await world.flow();
  expect(world.kind.candidates).toHaveLength(100);
  expect(world.kind.candidates[0]).toBe('1');
});

test('an answer that comes twice changes nothing', async () => {
  const world = await settledSides();
  world.rude.take({ kind: 'description', type: 'answer', sdp: 'answer 9 of kind' });
  await world.flow();
  expect(world.rude.remote).toBe('answer 1 of kind');
});

async function settledSides() {
  const world = twoSides();
  world.rude.needsNegotiation();
  await world.flow();
  return world;
}

/** Two connections as the specification has them, and the way between, which a test holds. */
function twoSides() {
  const clock = createTestClock();
  const onTheWay: { to: 'rude' | 'kind'; signal: CallSignal }[] = [];
  const sides = {
    rude: aSide('rude', { isPolite: false, send: (signal) => onTheWay.push({ to: 'kind', signal }) }),
    kind: aSide('kind', { isPolite: true, send: (signal) => onTheWay.push({ to: 'rude', signal }) }),
  };

  function aSide(name: string, side: { isPolite: boolean; send: (signal: CallSignal) => void }) {
    const fake = aConnection(name);
    const negotiation = createNegotiation({
      ...side,
      connection: fake.connection,
      clock,
      read: (sdp) => sdp,
      offered: () => {},
      described() {},
    });
    return Object.assign(fake, { take: negotiation.take });
  }

  return {
    ...sides,
    clock,
    waiting: () => onTheWay.length,
    states: () => [sides.rude, sides.kind].map(({ connection }) => connection.signalingState),
    async flow({ untilAnswer = false } = {}): Promise<void> {
      await clock.advance(0);
      while (onTheWay[0] && !(untilAnswer && isAnswer(onTheWay[0].signal))) {
        const { to, signal } = onTheWay.shift() ?? onTheWay[0];
        sides[to].take(signal);
        await clock.advance(0);
      }
    },
    async lose(): Promise<void> {
      await clock.advance(0);
      onTheWay.length = 0;
    },
  };
}

function aCandidate(candidate: string, usernameFragment: string): CallSignal {
  return { kind: 'candidate', candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment };
}

/** "offer 2 of rude": rude2. */
function ufragIn(description: string): string {
  const [, nth, , name] = description.split(' ');
  return `${name}${nth}`;
}

function isAnswer(signal: CallSignal): boolean {
  return signal.kind === 'description' && signal.type === 'answer';
}

function aConnection(name: string) {
  const ears: Record<string, ((event: { candidate: RTCIceCandidate | null }) => void)[]> = {};
  let state: RTCSignalingState = 'stable';
  let local: RTCSessionDescription | null = null;
  let made = { offer: 0, answer: 0 };
  const fake = {
    remote: null as string | null,
    candidates: [] as string[],
    needsNegotiation: () => ears['negotiationneeded']?.forEach((hear) => hear({ candidate: null })),
    finds: (candidate: string) =>
      ears['icecandidate']?.forEach((hear) =>
        hear({ candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null } as RTCIceCandidate }),
      ),
    findsNoMore: () => ears['icecandidate']?.forEach((hear) => hear({ candidate: null })),
    connection: {
      get signalingState() {
        return state;
      },
      get localDescription() {
        return local;
      },
      get remoteDescription() {
        return fake.remote === null
          ? null
          : ({ sdp: `a=ice-ufrag:${ufragIn(fake.remote)}\r\n` } as RTCSessionDescription);
      },
      async setLocalDescription() {
        const type = state === 'have-remote-offer' ? 'answer' : 'offer';
        made = { ...made, [type]: made[type] + 1 };
        state = type === 'answer' ? 'stable' : 'have-local-offer';
        local = { type, sdp: `${type} ${made[type]} of ${name}` } as RTCSessionDescription;
      },
      async setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit) {
        if (type === 'answer' && state !== 'have-local-offer') throw new Error('InvalidStateError');
        state = type === 'offer' ? 'have-remote-offer' : 'stable';
        fake.remote = sdp;
      },
      async addIceCandidate(candidate: RTCIceCandidateInit) {
        const { usernameFragment = null } = candidate;
        if (usernameFragment !== null && usernameFragment !== ufragIn(fake.remote ?? ''))
          throw new Error('OperationError');
        fake.candidates.push(candidate.candidate ?? '');
      },
      addEventListener(type: string, hear: (event: { candidate: RTCIceCandidate | null }) => void) {
        ears[type] = [...(ears[type] ?? []), hear];
      },
    } as Negotiable,
  };
  return fake;
}
