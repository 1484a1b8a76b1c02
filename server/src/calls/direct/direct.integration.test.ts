import { createHmac } from 'node:crypto';
import { callRoutes } from '@dialog/shared/calls';
import { directCallRoutes } from '@dialog/shared/calls.direct';
import { ringRoutes } from '@dialog/shared/calls.ring';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { peopleRoutes } from '@dialog/shared/people';
import { settingsRoutes } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { pastOf } from '../../testing/calling.ts';
import { pause } from '../../testing/conversation.ts';
import {
  aDirectCall,
  BYE,
  CAN_DIRECT,
  closeAll,
  enterDirect,
  inCall,
  joinCall,
  leaveCall,
  OFFER,
  refusal,
  startCall,
  twoPeople,
  untilIn,
} from '../../testing/directCalls.ts';
import { aLineTo, type Line } from '../../testing/line.ts';
import { aGroup, aUser, nextEvent, type Person } from '../../testing/people.ts';
import { startTestApp, type TestApp, testServices, type TestNode } from '../../testing/startTestApp.ts';

const TURN = { urls: ['turn:127.0.0.1:3478?transport=udp'], secret: 'what only the relay and we know' };

let app: TestApp;
let one: TestNode;
let other: TestNode;
let line: Line;

beforeAll(async () => {
  const { livekit } = testServices();
  if (!livekit) throw new Error('These tests need TEST_LIVEKIT_URL: run them with "npm test".');
  line = await aLineTo(livekit.url);
  app = await startTestApp({ nodes: 2, livekit: { ...livekit, url: line.url }, config: { turn: TURN } });
  [one, other] = app.nodes as [TestNode, TestNode];
});

afterAll(async () => {
  await app.stop();
  line.cut();
});

test('a call of two begins direct where the device can, is told so to the chat, and ends when the last one leaves', async () => {
  const { alice, bob, chatId } = await twoPeople(one);
  const page = await bob.connect(other);
  const started = nextEvent(page, 'chatChanged', ({ chat }) => chat?.call?.way === 'direct');
  const callId = await startCall(alice, chatId);
  await started;

  const told = nextEvent(page, 'callPeopleChanged', ({ participants }) => participants.length === 2);
  const lasts = nextEvent(page, 'callPeopleChanged', ({ answeredAt }) => answeredAt !== undefined);
  const alices = await enterDirect(alice, { callId, socket: await alice.connect(one) });
  expect(await alice.call(callRoutes.getCall, { params: { callId } }, one)).not.toHaveProperty('answeredAt');
  const bobs = await enterDirect(bob, { callId, socket: await bob.connect(other) });
  // A moment after both are seen, or with it.
  const { answeredAt } = await lasts;
  expect(await bob.call(callRoutes.getCall, { params: { callId } }, other)).toMatchObject({ answeredAt });
  expect((await told).participants.map(({ userId }) => userId)).toEqual([alice.user.id, bob.user.id]);

  const ended = nextEvent(page, 'chatChanged', ({ chat }) => chat?.call === null);
  await leaveCall(alices);
  await leaveCall(bobs);
  await ended;
  closeAll(page, alices.socket, bobs.socket);
});

test('a call of two goes on with a third in a group: only the third is rung, and both are let in while they are in the first', async () => {
  const { alice, bob, chatId } = await twoPeople(one);
  const carol = await aUser(app);
  const first = await startCall(alice, chatId);
  const alices = await enterDirect(alice, { callId: first, socket: await alice.connect(one) });
  const bobs = await enterDirect(bob, { callId: first, socket: await bob.connect(other) });
  const { chat } = await aGroup(alice, [bob, carol]);
  const rung = nextEvent(await carol.connect(other), 'callRang');
  const id = newId<CallId>();
  const body = { id, ways: [...CAN_DIRECT], rings: [carol.user.id] };
  await alice.call(callRoutes.startCall, { params: { chatId: chat.id }, body });
  expect(await rung).toMatchObject({ callId: id, from: alice.user.id });
  expect(await bob.call(ringRoutes.listRings)).toMatchObject({ rings: [] });
  for (const { person, address } of [alices, bobs])
    expect(await joinCall(person, id, address.deviceId)).toMatchObject({ way: 'sfu' });
  for (const inside of [alices, bobs]) await leaveCall(inside);
  expect(await refusal(joinCall(bob, first))).toBe('call-not-found');
  expect(await pastOf(bob)).toEqual(['finished']);
  closeAll(alices.socket, bobs.socket);
});

test.each([
  [
    'of a group',
    async (alice: Person): Promise<ChatId | undefined> => (await aGroup(alice, [await aUser(app)])).chat.id,
    CAN_DIRECT,
  ],
  ['of a device that cannot', async () => undefined, ['sfu']],
] as const)('a call %s goes through the media server', async (_what, groupOf, ways) => {
  const { alice, chatId } = await twoPeople(one);
  const callId = await startCall(alice, (await groupOf(alice)) ?? chatId, ways);
  expect(await joinCall(alice, callId)).toMatchObject({ way: 'sfu', mediaPath: '/rtc/main' });
});

test('credentials for the relay are made for this call and this person, last ten minutes, and can be had again', async () => {
  const { alice, bob, chatId } = await twoPeople(one);
  const callId = await startCall(alice, chatId);
  const deviceId = newId<DeviceId>();
  const mine = await joinCall(alice, callId, deviceId);
  const theirs = await joinCall(bob, callId);
  if (mine.way !== 'direct' || theirs.way !== 'direct') throw new Error('a direct call');
  const [server] = mine.iceServers;
  const [end = '', who = ''] = server?.username?.split(':') ?? [];
  expect(Number(end) - Date.now() / 1_000).toBeGreaterThan(590);
  expect(Number(end) - Date.now() / 1_000).toBeLessThanOrEqual(600);
  expect(server).toMatchObject({
    urls: TURN.urls,
    credential: createHmac('sha1', TURN.secret).update(`${end}:${who}`).digest('base64'),
  });
  expect(JSON.stringify(mine)).not.toContain(TURN.secret);
  expect(theirs.iceServers[0]?.username).not.toContain(who);
  const request = { params: { callId }, body: { deviceId } };
  const fresh = await alice.call(directCallRoutes.renewIceServers, request);
  expect(fresh.iceServers[0]?.username).toContain(who);
  expect(await refusal(bob.call(directCallRoutes.renewIceServers, request))).toBe('not-allowed');
});

test('before a call credentials begin a relay for a minute, to see whether it can be reached', async () => {
  const { alice, bob } = await twoPeople(one);
  const [server] = (await alice.call(directCallRoutes.probeIceServers)).iceServers;
  const [end = '', who = ''] = server?.username?.split(':') ?? [];
  expect(Number(end) - Date.now() / 1_000).toBeGreaterThan(50);
  expect(Number(end) - Date.now() / 1_000).toBeLessThanOrEqual(60);
  expect(server?.urls).toEqual(TURN.urls);
  const [theirs] = (await bob.call(directCallRoutes.probeIceServers)).iceServers;
  expect(theirs?.username).not.toContain(who);
});

test('whoever shows nobody their address is told to go by the relay alone, and by the media server where there is none', async () => {
  const { alice, bob, chatId } = await twoPeople(one);
  await bob.call(settingsRoutes.changeSettings, { body: { privacy: { relaysCalls: true } } });
  const callId = await startCall(alice, chatId);
  expect(await joinCall(alice, callId)).toMatchObject({ way: 'direct', isRelayOnly: false });
  expect(await joinCall(bob, callId)).toMatchObject({ way: 'direct', isRelayOnly: true });

  const { livekit } = testServices();
  const without = await startTestApp({ livekit });
  const pair = await twoPeople(without);
  await expect.poll(async () => (await pair.alice.call(callRoutes.getCallStatus)).status).toBe('ready');
  await pair.bob.call(settingsRoutes.changeSettings, { body: { privacy: { relaysCalls: true } } });
  const started = await startCall(pair.alice, pair.chatId);
  expect(await joinCall(pair.alice, started)).toMatchObject({ way: 'direct' });
  expect(await joinCall(pair.bob, started)).toMatchObject({ way: 'sfu' });
  await without.stop();
});

test('a call moves to the media server once, for everyone; those let in stay so, and those on the way are still in it', async () => {
  const { alice, bob, alices, bobs, callId, chatId } = await aDirectCall([one, other]);
  const moved = nextEvent(bobs.socket, 'chatChanged', ({ chat }) => chat?.call?.way === 'sfu');
  const request = { params: { callId }, body: { deviceId: alices.address.deviceId } };
  expect(await refusal(bob.call(directCallRoutes.moveCall, request))).toBe('not-allowed');
  await alice.call(directCallRoutes.moveCall, request);
  expect((await moved).chat?.call).toMatchObject({ id: callId, way: 'sfu' });
  await alice.call(directCallRoutes.moveCall, request);
  expect(await refusal(alices.say(BYE, bobs.address))).toBe('not-allowed');
  await pause(1_200);
  expect(await inCall(alices)).toHaveLength(2);
  for (const [person, device] of [
    [alice, alices],
    [bob, bobs],
  ] as const)
    expect(await joinCall(person, callId, device.address.deviceId)).toMatchObject({ way: 'sfu' });
  const { summary } = await bob.call(messageRoutes.openChat, { params: { chatId } });
  expect(summary.chat.call?.way).toBe('sfu');
  closeAll(alices.socket, bobs.socket);
});

test('a block in a direct call takes out whoever blocks, within 2 s and for good; the other is told nothing', async () => {
  const { alice, bob, alices, bobs, callId } = await aDirectCall([one, other]);
  for (const device of [alices, bobs]) await untilIn(device, [alices, bobs]);
  // Until nothing but the block makes anyone look again who is in it.
  await pause(2_500);
  const whom = { params: { userId: alice.user.id } };
  const blockedAt = performance.now();
  await bob.call(peopleRoutes.blockPerson, whom, other);
  for (const device of [alices, bobs]) await untilIn(device, [alices]);
  expect(performance.now() - blockedAt).toBeLessThan(2_000);
  bobs.beat();
  await untilIn(bobs, []);
  expect(await refusal(joinCall(bob, callId, bobs.address.deviceId))).toBe('blocked-by-you');
  // To her it is as if he had hung up: the call is hers to leave, and to come back to.
  await pause(1_000);
  expect(alices.entries()).toEqual([alices.address]);
  expect(await joinCall(alice, callId, alices.address.deviceId)).toMatchObject({ way: 'direct' });

  await bob.call(peopleRoutes.unblockPerson, whom);
  expect(await joinCall(bob, callId, bobs.address.deviceId)).toMatchObject({ way: 'direct' });
  closeAll(alices.socket, bobs.socket);
});

test('a third device moves the call', async () => {
  const { bob, alices, bobs, callId } = await aDirectCall([one, other]);
  const moved = nextEvent(alices.socket, 'chatChanged', ({ chat }) => chat?.call?.way === 'sfu');
  expect(await joinCall(bob, callId)).toMatchObject({ way: 'sfu' });
  await moved;
  closeAll(alices.socket, bobs.socket);
});

test('while the media server is away two can call each other, and only a move says that it cannot be', async () => {
  const { alice: watcher } = await twoPeople(one);
  line.cut();
  await expect
    .poll(() => watcher.call(callRoutes.getCallStatus), { timeout: 5_000 })
    .toEqual({ status: 'down', hasDirect: true });
  const { alices, bobs, bob, callId } = await aDirectCall([one, other]);
  await alices.say(OFFER, bobs.address);
  const { deviceId } = alices.address;
  expect(await refusal(alices.person.call(directCallRoutes.moveCall, { params: { callId }, body: { deviceId } }))).toBe(
    'calls-unavailable',
  );
  expect(await refusal(joinCall(bob, callId))).toBe('calls-unavailable');
  expect(await inCall(alices)).toHaveLength(2);
  await leaveCall(alices);
  await leaveCall(bobs);
  expect(await refusal(bob.call(callRoutes.getCall, { params: { callId } }))).toBe('call-not-found');
  await line.mend();
  await expect
    .poll(async () => (await watcher.call(callRoutes.getCallStatus)).status, { timeout: 5_000 })
    .toBe('ready');
  closeAll(alices.socket, bobs.socket);
});

test('an operator can have all calls go through the media server', async () => {
  const { livekit } = testServices();
  const closed = await startTestApp({ livekit, config: { hasDirectCalls: false } });
  const { alice, chatId } = await twoPeople(closed);
  await expect.poll(() => alice.call(callRoutes.getCallStatus)).toEqual({ status: 'ready', hasDirect: false });
  expect(await joinCall(alice, await startCall(alice, chatId))).toMatchObject({ way: 'sfu' });
  await closed.stop();
});
