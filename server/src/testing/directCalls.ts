import { directCallRoutes } from '@dialog/shared/calls.direct';
import type { CallSignal } from '@dialog/shared/calls.direct.values';
import type { EntryAddress, EntryId } from '@dialog/shared/calls.values';
import { callRoutes } from '@dialog/shared/calls';
import { chatRoutes } from '@dialog/shared/chats';
import type { CallId, ChatId, DeviceId, UserId } from '@dialog/shared/contract/values';
import { expect } from 'vitest';
import { newId } from '../platform/ids.ts';
import { aUser, type ClientSocket, nextEvent, type Person } from './people.ts';
import type { TestNode } from './startTestApp.ts';

export const BYE: CallSignal = { kind: 'bye' };
export const OFFER: CallSignal = { kind: 'description', type: 'offer', sdp: 'v=0\r\n' };
export const CAN_DIRECT = ['direct', 'sfu'] as const;

/** A device in a direct call: what it may say there, and by what it is spoken to. */
export interface DirectDevice {
  readonly person: Person;
  readonly socket: ClientSocket;
  readonly callId: CallId;
  readonly address: EntryAddress;
  /** Says that it is there, as every five seconds. */
  beat(): void;
  /** Who is in the call, as it was last told. */
  entries(): readonly EntryAddress[] | undefined;
  /** Who may be in it, as it was last told. */
  admitted(): readonly EntryId[] | undefined;
  say(signal: CallSignal, to: EntryAddress, node?: TestNode): Promise<unknown>;
}

/** Two people who can call each other, and their chat. */
export async function twoPeople(node: TestNode): Promise<{ alice: Person; bob: Person; chatId: ChatId }> {
  const [alice, bob] = await Promise.all([aUser(node, { displayName: 'Alice' }), aUser(node, { displayName: 'Bob' })]);
  const { chat } = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  return { alice, bob, chatId: chat.id };
}

export async function startCall(
  person: Person,
  chatId: ChatId,
  ways: readonly ('direct' | 'sfu')[] = CAN_DIRECT,
): Promise<CallId> {
  const body = { id: newId<CallId>(), ways: [...ways] };
  const { call } = await person.call(callRoutes.startCall, { params: { chatId }, body });
  if (!call) throw new Error('no call');
  return call.id;
}

export function joinCall(person: Person, callId: CallId, deviceId = newId<DeviceId>()) {
  return person.call(callRoutes.joinCall, { params: { callId }, body: { deviceId, ways: [...CAN_DIRECT] } });
}

interface Entering {
  readonly callId: CallId;
  readonly socket: ClientSocket;
  readonly deviceId?: DeviceId;
}

/** Comes in by the direct way and says so over this socket. */
export async function enterDirect(
  person: Person,
  { callId, socket, deviceId = newId<DeviceId>() }: Entering,
): Promise<DirectDevice> {
  const admission = await joinCall(person, callId, deviceId);
  if (admission.way !== 'direct') throw new Error('this call is not direct');
  const address = { userId: person.user.id, deviceId, entryId: admission.entryId };
  let told: readonly EntryAddress[] | undefined;
  let admitted: readonly EntryId[] | undefined;
  socket.on('callEntriesChanged', (news) => {
    told = news.entries.map(({ joinedAt: _joinedAt, ...entry }) => entry);
    admitted = news.admitted;
  });
  const device: DirectDevice = {
    ...{ person, socket, callId, address },
    beat: () => void socket.emit('beatCall', { callId, deviceId, entryId: admission.entryId }),
    entries: () => told,
    admitted: () => admitted,
    say: (signal, to, at) =>
      person.call(
        directCallRoutes.signalCall,
        { params: { callId }, body: { deviceId, entryId: admission.entryId, to, signal } },
        at,
      ),
  };
  const first = nextEvent(socket, 'callEntriesChanged');
  device.beat();
  await first;
  return device;
}

/** Both in it, each on a node of its own. */
export async function aDirectCall(nodes: readonly TestNode[]) {
  const [one, other = one] = nodes;
  if (!one || !other) throw new Error('a call needs a node');
  const { alice, bob, chatId } = await twoPeople(one);
  const callId = await startCall(alice, chatId);
  const alices = await enterDirect(alice, { callId, socket: await alice.connect(one) });
  const bobs = await enterDirect(bob, { callId, socket: await bob.connect(other) });
  return { alice, bob, chatId, callId, alices, bobs };
}

export function leaveCall({ person, callId, address: { deviceId } }: DirectDevice) {
  return person.call(callRoutes.leaveCall, { params: { callId }, body: { deviceId } });
}

export async function inCall({ person, callId }: Pick<DirectDevice, 'person' | 'callId'>): Promise<UserId[]> {
  const { participants } = await person.call(callRoutes.getCall, { params: { callId } });
  return participants.map(({ userId }) => userId);
}

/** Until this device was told that these, and no others, are in the call. */
export async function untilIn(device: DirectDevice, devices: readonly DirectDevice[]): Promise<void> {
  await expect.poll(device.entries, { timeout: 5_000 }).toEqual(devices.map(({ address }) => address));
}

/** The code by which this was refused. */
export function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.message : 'no error'),
  );
}

export function closeAll(...sockets: readonly { close(): void }[]): void {
  for (const socket of sockets) socket.close();
}
