import type { CallEntry, EntryId } from '@dialog/shared/calls.values';
import type { CallId, ChatId, DeviceId, SessionId, UserId } from '@dialog/shared/contract/values';
import { expect, test, vi } from 'vitest';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { Connected, ConnectedDevices } from './calls.connected.ts';
import { createCallPeople } from './calls.people.ts';
import type { AllowedDevice, Call } from './calls.repository.ts';
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
function nodes(count: number, joined: () => Promise<void> = async () => {}, invisible: readonly UserId[] = []) {
  let answer: () => Promise<readonly AllowedDevice[]> = async () => [];
  const hearers: ((payload: unknown) => void)[] = [];
  const told: number[] = [];
  const lastings: (string | undefined)[] = [];
  const inside = new Map<UserId, string | undefined>();
  let answeredAt: Date | null = null;
  let allowed = [ann, bob];
  const entered: (readonly CallEntry[])[] = [];
  const admitted: number[] = [];
  const each = Array.from({ length: count }, () =>
    createCallPeople({
      db: {} as Database,
      calls: { epochOf: async () => 1 },
      ask: {
        standing: async () => ({ ...call, answeredAt, devices: allowed }),
        invisibleAmong: async () => new Set(invisible),
      },
      connected: { in: async () => connectedAs(await answer()) } as unknown as ConnectedDevices,
      bus: {
        publish: (_topic, payload) => hearers.forEach((hear) => hear(structuredClone(payload))),
        on: (_topic, hear) => void hearers.push(hear),
      },
      tellChat(_chat, people) {
        told.push(people.participants.length);
        lastings.push(people.answeredAt);
      },
      tellEntries(_callId, now) {
        entered.push(now.entries);
        admitted.push(now.admitted.length);
      },
      tellPerson: (userId, people) => void inside.set(userId, people.answeredAt),
      joined,
      onError() {},
    }),
  );
  return {
    ...{ each, told, entered, admitted, lastings, inside },
    allow: (devices: typeof allowed) => (allowed = devices),
    inIt: (devices: typeof answer) => (answer = devices),
    answered: (at: Date) => (answeredAt = at),
  };
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

test('in a direct call it is told whose lease has ended and who is let in no more, also when the one follows the other', async () => {
  const { each, entered, admitted, inIt, allow } = nodes(2);
  const [one, other] = each;
  inIt(async () => [ann, bob]);
  await one?.look(call);
  inIt(async () => [ann]);
  await other?.look(call);
  allow([ann]);
  await one?.look(call);
  await other?.look(call);
  expect(entered.map((entries) => entries.length)).toEqual([2, 1, 1]);
  expect(admitted).toEqual([2, 2, 1]);
});

test('a call lasts from the answer on: who waits alone is told of none, and everyone a moment after somebody has come', async () => {
  const comes = new Date(30_000);
  let isAnswer = false;
  const { each, inIt, answered, lastings } = nodes(1, async () => {
    if (isAnswer) answered(comes);
  });
  inIt(async () => [ann]);
  await each[0]?.look(call);
  isAnswer = true;
  inIt(async () => [ann, bob]);
  await each[0]?.look(call);
  const since = comes.toISOString();
  await vi.waitFor(() => expect(lastings).toEqual([undefined, undefined, since]), 3_000);
  await each[0]?.look(call);
  expect(lastings).toHaveLength(3);
  expect(await each[0]?.recent(call, bob.userId)).toMatchObject({ answeredAt: since });
});

test('that somebody came who is invisible only those know who are in the call with them', async () => {
  const { each, inIt, answered, lastings, inside } = nodes(1, undefined, [bob.userId]);
  inIt(async () => [ann, bob]);
  answered(new Date(30_000));
  await each[0]?.look(call);
  const since = '1970-01-01T00:00:30.000Z';
  expect(lastings).toEqual([undefined]);
  expect([inside.get(ann.userId), inside.get(bob.userId)]).toEqual([since, since]);
  expect(await each[0]?.recent(call, newId<UserId>())).not.toHaveProperty('answeredAt');
});
