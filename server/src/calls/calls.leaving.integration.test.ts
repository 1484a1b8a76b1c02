import { authRoutes } from '@dialog/shared/auth';
import { callRoutes } from '@dialog/shared/calls';
import type { CallId, DeviceId } from '@dialog/shared/contract/values';
import { ringRoutes } from '@dialog/shared/calls.ring';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { noteIn } from '../testing/calling.ts';
import { eventually } from '../testing/conversation.ts';
import { joinCall, refusal, startCall, twoPeople } from '../testing/directCalls.ts';
import type { Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ livekit: null });
});
afterAll(() => app.stop());

const leave = (person: Person, callId: CallId, deviceId = newId<DeviceId>()) =>
  person.call(callRoutes.leaveCall, { params: { callId }, body: { deviceId } });
const look = (person: Person, callId: CallId) => refusal(person.call(callRoutes.getCall, { params: { callId } }));

test('a call that nobody is in yet is ended by who began it, and by nobody else who says that they leave', async () => {
  const { alice, bob, chatId } = await twoPeople(app);
  const callId = await startCall(alice, chatId);
  await leave(bob, callId);
  expect(await look(alice, callId)).toBe('done');
  await leave(alice, callId);
  expect(await look(alice, callId)).toBe('call-not-found');
});

test('whoever signs out of the only device in a call has hung up', async () => {
  const { alice, bob, chatId } = await twoPeople(app);
  const callId = await startCall(alice, chatId);
  await joinCall(alice, callId);
  const rings = async () => (await bob.call(ringRoutes.listRings)).rings.length;
  await eventually(async () => (await rings()) === 1);
  await alice.call(authRoutes.signOut);
  await eventually(async () => (await rings()) === 0, 4_000);
  expect(await look(bob, callId)).toBe('call-not-found');
});

test('who is let in while the last one leaves is in a call that goes on', async () => {
  const { alice, bob, chatId } = await twoPeople(app);
  for (let nth = 0; nth < 12; nth += 1) {
    const callId = await startCall(alice, chatId);
    const [deviceId, bobsDevice] = [newId<DeviceId>(), newId<DeviceId>()];
    await joinCall(alice, callId, deviceId);
    const [answer] = await Promise.all([refusal(joinCall(bob, callId, bobsDevice)), leave(alice, callId, deviceId)]);
    expect(['done', 'call-not-found']).toContain(answer);
    expect(await look(bob, callId)).toBe(answer);
    const rows = await app.app.db.rows('SELECT 1 FROM call_devices WHERE call_id = :id', { id: toBytes(callId) });
    expect(rows).toHaveLength(answer === 'done' ? 1 : 0);
    if (answer === 'done') await leave(bob, callId, bobsDevice);
  }
});

test('whoever is left alone in a call waits: that is not counted as talked, unless somebody came back', async () => {
  const { alice, bob, chatId } = await twoPeople(app);
  const secondsTalked = async (comesBack: boolean): Promise<number> => {
    const callId = await startCall(alice, chatId);
    const [hers, his] = [newId<DeviceId>(), newId<DeviceId>()];
    await joinCall(alice, callId, hers);
    await eventually(async () => (await bob.call(ringRoutes.listRings)).rings.length === 1);
    await bob.call(ringRoutes.answerRing, { params: { callId }, body: { deviceId: his } });
    await joinCall(bob, callId, his);
    await leave(bob, callId, his);
    // They talked for half a minute, and then she was alone for as long.
    await app.app.db.run(
      `UPDATE calls SET answered_at = answered_at - INTERVAL 60 SECOND, alone_at = alone_at - INTERVAL 30 SECOND
       WHERE id = :id`,
      { id: toBytes(callId) },
    );
    if (comesBack) await joinCall(bob, callId, his);
    await leave(alice, callId, hers);
    if (comesBack) await leave(bob, callId, his);
    await eventually(async () => (await look(bob, callId)) === 'call-not-found');
    const note = await noteIn(alice, chatId);
    return Math.round((note?.what === 'callEnded' ? note.durationMs : 0) / 10_000) * 10;
  };
  expect([await secondsTalked(false), await secondsTalked(true)]).toEqual([30, 60]);
});

test('R12: a person has ten devices in a call; the first of more makes room', async () => {
  const { alice, chatId } = await twoPeople(app);
  const callId = await startCall(alice, chatId);
  const devices = Array.from({ length: 12 }, () => newId<DeviceId>());
  for (const deviceId of devices) await joinCall(alice, callId, deviceId);
  const rows = await app.app.db.rows<{ device_id: Buffer }>(
    'SELECT device_id FROM call_devices WHERE call_id = :id ORDER BY joined_at',
    { id: toBytes(callId) },
  );
  expect(rows.map((row) => row.device_id)).toEqual(devices.slice(2).map(toBytes));
});
