import { authRoutes } from '@dialog/shared/auth';
import { CALL_LEASE_MS, directCallRoutes } from '@dialog/shared/calls.direct';
import { CANDIDATES_MAX, type CallSignal, SDP_MAX } from '@dialog/shared/calls.direct.values';
import type { EntryId } from '@dialog/shared/calls.values';
import type { DeviceId } from '@dialog/shared/contract/values';
import { chatRoutes } from '@dialog/shared/chats';
import { peopleRoutes } from '@dialog/shared/people';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { listen, pause } from '../../testing/conversation.ts';
import {
  aDirectCall,
  BYE,
  closeAll,
  enterDirect,
  inCall,
  leaveCall,
  OFFER,
  refusal,
  startCall,
  untilIn,
} from '../../testing/directCalls.ts';
import { act, aUser, nextEvent, type Person, signInAgain } from '../../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;

beforeAll(async () => {
  app = await startTestApp({ nodes: 2, livekit: null });
  [one, other] = app.nodes as [TestNode, TestNode];
});

afterAll(() => app.stop());

test('each device hears at once who is in the call, and what the other one says, on whichever node', async () => {
  const { alices, bobs } = await aDirectCall([one, other]);
  for (const device of [alices, bobs]) await untilIn(device, [alices, bobs]);
  const heard = nextEvent(bobs.socket, 'callSignalled');
  await alices.say(OFFER, bobs.address);
  expect(await heard).toEqual({ callId: alices.callId, from: alices.address, to: bobs.address, signal: OFFER });
  const answered = nextEvent(alices.socket, 'callSignalled');
  await bobs.say({ kind: 'endOfCandidates' }, alices.address, one);
  expect((await answered).signal.kind).toBe('endOfCandidates');
  closeAll(alices.socket, bobs.socket);
});

test('what one device says is heard by that other device alone', async () => {
  const { alices, bobs, bob } = await aDirectCall([one, other]);
  const bystanders = [await bob.connect(one), await bob.connect(other), await alices.person.connect(one)];
  const heard = bystanders.map(listen);
  const arrived = nextEvent(bobs.socket, 'callSignalled');
  await alices.say(OFFER, bobs.address);
  await arrived;
  await pause(200);
  expect(heard.flat().filter(({ event }) => event === 'callSignalled')).toEqual([]);
  closeAll(alices.socket, bobs.socket, ...bystanders);
});

test('SECURITY 24: nobody says anything to a device in a call but the other device in it', async () => {
  const { alice, bob, alices, bobs, callId } = await aDirectCall([one, other]);
  const heard = listen(bobs.socket);
  const stranger = await aUser(app);
  const tryAs = (person: Person, part: Partial<{ deviceId: DeviceId; entryId: EntryId; to: typeof bobs.address }>) =>
    refusal(
      person.call(directCallRoutes.signalCall, {
        params: { callId },
        body: {
          deviceId: alices.address.deviceId,
          entryId: alices.address.entryId,
          to: bobs.address,
          signal: BYE,
          ...part,
        },
      }),
    );
  expect(await tryAs(stranger, {})).toBe('call-not-found');
  // Another device of hers, another session with her device's ids, an older entry, and what is not there.
  expect(await tryAs(alice, { deviceId: newId<DeviceId>() })).toBe('not-allowed');
  expect(await tryAs(await signInAgain(app, alice), {})).toBe('not-allowed');
  expect(await tryAs(alice, { entryId: newId<EntryId>() })).toBe('not-allowed');
  expect(await tryAs(alice, { to: { ...bobs.address, entryId: newId<EntryId>() } })).toBe('not-allowed');
  expect(await tryAs(alice, { to: alices.address })).toBe('not-allowed');
  expect(await tryAs(bob, {})).toBe('not-allowed');
  // In a chat with her, and in a call of his own: still not in this one.
  const { alices: carols } = await aDirectCall([one]);
  expect(await refusal(carols.say(BYE, bobs.address))).toBe('not-allowed');
  await pause(200);
  expect(heard.filter(({ event }) => event === 'callSignalled')).toEqual([]);
  closeAll(alices.socket, bobs.socket, carols.socket);
});

test('SECURITY 24: a description that fits a frame goes through, a longer one does not; a hundred candidates go with each', async () => {
  const { alices, bobs } = await aDirectCall([one, other]);
  const words = 'a=candidate:1 1 udp 2130706431 192.168\r\n';
  const longest = words.repeat(SDP_MAX / words.length).slice(0, SDP_MAX);
  const heard = nextEvent(bobs.socket, 'callSignalled');
  const { deviceId, entryId } = alices.address;
  const request = (sdp: string) => ({
    params: { callId: alices.callId },
    body: {
      deviceId,
      entryId,
      to: bobs.address,
      signal: { kind: 'description' as const, type: 'offer' as const, sdp },
    },
  });
  await act(alices.socket, directCallRoutes.signalCall, request(longest));
  expect((await heard).signal).toMatchObject({ sdp: longest });
  expect(await refusal(alices.person.call(directCallRoutes.signalCall, request(`${longest}a`)))).toBe(
    'invalid-request',
  );

  const candidate: CallSignal = {
    ...{ kind: 'candidate', candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'abcd' },
  };
  for (let count = 0; count < CANDIDATES_MAX; count += 1) await alices.say(candidate, bobs.address);
  expect(await refusal(alices.say(candidate, bobs.address))).toBe('limit-reached');
  await alices.say(OFFER, bobs.address);
  await alices.say(candidate, bobs.address);
  closeAll(alices.socket, bobs.socket);
});

test('SECURITY 24: whoever floods is held up', async () => {
  const strict = await startTestApp({ livekit: null, limits: { signalCall: 30 } });
  const { alices, bobs } = await aDirectCall(strict.nodes);
  const answers = await Promise.all(Array.from({ length: 40 }, () => refusal(alices.say(BYE, bobs.address))));
  expect(answers.filter((code) => code === 'rate-limited').length).toBeGreaterThanOrEqual(10);
  closeAll(alices.socket, bobs.socket);
  await strict.stop();
});

test.each([
  [
    'blocks the other',
    async ({ bob, alice }: Ends) => bob.call(peopleRoutes.blockPerson, { params: { userId: alice.user.id } }),
  ],
  ['leaves', async ({ bobs }: Ends) => leaveCall(bobs)],
  ['is signed out', async ({ bob }: Ends) => bob.call(authRoutes.signOut)],
] as const)(
  'whoever %s is spoken to no longer from that moment, speaks no longer, and is out of the call',
  async (_what, end) => {
    const call = await aDirectCall([one, other]);
    const { alices, bobs } = call;
    await end(call);
    expect(await refusal(alices.say(BYE, bobs.address))).toBe('not-allowed');
    expect(['not-allowed', 'call-not-found', 'not-signed-in']).toContain(await refusal(bobs.say(BYE, alices.address)));
    await untilIn(alices, [alices]);
    expect(alices.admitted()).toEqual([alices.address.entryId]);
    await expect.poll(() => inCall(alices)).toEqual([alices.person.user.id]);
    closeAll(alices.socket, bobs.socket);
  },
);

test('a page that has one call on hold hears what is said to it in both', async () => {
  const { alices, bobs, bob } = await aDirectCall([one, other]);
  const carol = await aUser(one, { displayName: 'Carol' });
  const { chat } = await carol.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const callId = await startCall(carol, chat.id);
  const carols = await enterDirect(carol, { callId, socket: await carol.connect(one) });
  const bobsOther = await enterDirect(bob, { callId, socket: bobs.socket });
  bobs.beat();
  for (const [who, to] of [
    [alices, bobs],
    [carols, bobsOther],
  ] as const) {
    const heard = nextEvent(bobs.socket, 'callSignalled', (said) => said.callId === to.callId);
    await who.say(OFFER, to.address);
    expect((await heard).from).toEqual(who.address);
  }
  closeAll(alices.socket, bobs.socket, carols.socket);
});

test('a device that joins again takes its own place, and the page that had it is told', async () => {
  const { alices, bobs, bob, callId } = await aDirectCall([one, other]);
  const again = await enterDirect(bob, { callId, socket: await bob.connect(one), deviceId: bobs.address.deviceId });
  for (const device of [alices, bobs, again]) await untilIn(device, [alices, again]);
  // It goes on saying that it is there, in vain.
  bobs.beat();
  await untilIn(bobs, []);
  await untilIn(alices, [alices, again]);
  expect(await refusal(alices.say(BYE, bobs.address))).toBe('not-allowed');
  await alices.say(BYE, again.address);
  closeAll(alices.socket, bobs.socket, again.socket);
});

test('whoever is not let in cannot say that they are in, and learns nothing', async () => {
  const { alices, bobs, callId } = await aDirectCall([one, other]);
  const stranger = await aUser(app);
  const page = await stranger.connect(one);
  const told = nextEvent(page, 'callEntriesChanged');
  page.emit('beatCall', { callId, deviceId: bobs.address.deviceId, entryId: bobs.address.entryId });
  expect(await told).toEqual({ callId, entries: [], admitted: [] });
  expect(await inCall(alices)).toHaveLength(2);
  closeAll(alices.socket, bobs.socket, page);
});

test('a device that vanished is out of the call within 45 s, and the call goes on for the other', async () => {
  const { alices, bobs } = await aDirectCall([one, other]);
  await untilIn(alices, [alices, bobs]);
  bobs.socket.close();
  const goneAt = performance.now();
  const beats = setInterval(alices.beat, 2_000);
  await expect.poll(alices.entries, { timeout: 45_000 }).toEqual([alices.address]);
  // Not because the socket closed: that happens whenever a network hiccups.
  expect(performance.now() - goneAt).toBeGreaterThan(CALL_LEASE_MS / 2);
  expect(await inCall(alices)).toEqual([alices.person.user.id]);
  clearInterval(beats);
  alices.socket.close();
}, 60_000);

type Ends = Awaited<ReturnType<typeof aDirectCall>>;
