import type { CallEntry, EntryId } from '@dialog/shared/calls.values';
import type { CallId, ChatId, DeviceId, SessionId, UserId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { Connected, ConnectedDevices } from './calls.connected.ts';
import { createCallPeople } from './calls.people.ts';
import type { AllowedDevice, Call, CallRepository } from './calls.repository.ts';
import { identityOf } from './identity.ts';

const call: Call = {
  ...{ id: newId<CallId>(), chatId: newId<ChatId>(), roomName: 'room', mediaServer: null, way: 'direct' },
  ...{ startedBy: newId<UserId>(), startedAt: new Date(0), isVideo: false },
};
const aDevice = (): AllowedDevice => ({
  ...{ callId: call.id, userId: newId<UserId>(), deviceId: newId<DeviceId>(), sessionId: newId<SessionId>() },
  ...{ entryId: newId<EntryId>(), joinedAt: new Date(0) },
});
const [ann, bob] = [aDevice(), aDevice()];
const connectedAs = (devices: readonly AllowedDevice[]): Connected[] =>
  devices.map((device) => ({ identity: identityOf(device), entryId: device.entryId, joinedAt: null }));

/** Nodes that hear of each other what they tell. */
function nodes(count: number, joined: () => Promise<void> = async () => {}) {
  let answer: () => Promise<readonly AllowedDevice[]> = async () => [];
  const hearers: ((payload: unknown) => void)[] = [];
  const told: number[] = [];
  const entered: (readonly CallEntry[])[] = [];
  const each = Array.from({ length: count }, () =>
    createCallPeople({
      db: {} as Database,
      calls: {
        standing: async () => ({ ...call, devices: [ann, bob] }),
        epochOf: async () => 1,
      } as unknown as CallRepository,
      connected: { in: async () => connectedAs(await answer()) } as unknown as ConnectedDevices,
      bus: {
        publish: (_topic, payload) => hearers.forEach((hear) => hear(structuredClone(payload))),
        on: (_topic, hear) => void hearers.push(hear),
      },
      tellChat: (_chat, { participants }) => void told.push(participants.length),
      tellEntries: (_callId, { entries }) => void entered.push(entries),
      tellPerson() {},
      invisibleAmong: async () => new Set(),
      joined,
      onError() {},
    }),
  );
  return { each, told, entered, inIt: (devices: typeof answer) => (answer = devices) };
}

test('of two looks at once the one that began later counts', async () => {
  const { each, told, inIt } = nodes(1);
  const [node] = each;
  let answerFirst: (devices: readonly AllowedDevice[]) => void = () => {};
  inIt(() => new Promise((resolve) => (answerFirst = resolve)));
  const first = node?.look(call);
  await Promise.resolve();
  inIt(async () => [ann, bob]);
  await node?.look(call);
  answerFirst([ann]);
  await first;
  expect(told).toEqual([2]);
});

test('what follows from somebody who came in is tried again until it is done, and then no more', async () => {
  const tries: number[] = [];
  const { each, inIt } = nodes(1, async () => {
    tries.push(tries.length);
    if (tries.length < 3) throw new Error('the database is away');
  });
  inIt(async () => [ann]);
  for (let look = 0; look < 6; look += 1) await each[0]?.look(call);
  expect(tries).toHaveLength(3);
});

test('a device that leaves by another node than saw it come is missed at once', async () => {
  const { each, entered, inIt } = nodes(2);
  const [one, other] = each;
  inIt(async () => [ann]);
  await other?.look(call);
  inIt(async () => [ann, bob]);
  await one?.look(call);
  inIt(async () => [ann]);
  await other?.look(call);
  expect(entered.map((entries) => entries.length)).toEqual([1, 2, 1]);
});
