import { directCallRoutes } from '@dialog/shared/calls.direct';
import type { CallSignal } from '@dialog/shared/calls.direct.values';
import { type EntryAddress, EntryId } from '@dialog/shared/calls.values';
import { CallId, DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { identityOf } from '../calls/transport/identity.ts';
import type { Outgoing } from '../calls/transport/media.transport.ts';
import { openDirectTransport } from '../calls/transport/direct/direct.transport.ts';
import { makeSpare } from '../calls/transport/direct/spare.ts';
import { createFakeCall, createFakeSocket } from './fakeServer.ts';
import { aChatId, aUserId } from './ids.ts';
import { createTestClock } from './testClock.ts';

const SILENT: Outgoing = { microphone: null, isMuted: true, camera: null, screen: null };
const callId = CallId.parse(uuidv7());

/** As much of a connection as a direct way asks for, and what the test does to it. */
export class Connection extends EventTarget {
  static readonly all: Connection[] = [];
  static readonly generateCertificate = (): Promise<object> => Promise.resolve({});
  readonly connectionState = 'new';
  readonly said: unknown[] = [];
  signalingState = 'stable';
  localDescription: object | null = null;
  remoteDescription: { readonly sdp: string } | null = null;
  isClosed = false;
  readonly #channel = Object.assign(new EventTarget(), {
    readyState: 'connecting',
    send: (text: string) => this.said.push(JSON.parse(text)),
  });
  constructor() {
    super();
    Connection.all.push(this);
  }

  createDataChannel(): object {
    return this.#channel;
  }
  addTransceiver(): object {
    const sender = { track: null, replaceTrack: () => Promise.resolve(), getParameters: () => ({ encodings: [] }) };
    return { sender, receiver: { getSynchronizationSources: () => [] } };
  }
  getTransceivers(): [] {
    return [];
  }
  async setLocalDescription(): Promise<void> {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.signalingState = type === 'answer' ? 'stable' : 'have-local-offer';
    this.localDescription = { type, sdp: type };
  }
  async setRemoteDescription({ sdp }: { readonly sdp: string }): Promise<void> {
    this.signalingState = 'have-remote-offer';
    this.remoteDescription = { sdp };
  }
  setConfiguration(): void {}
  restartIce(): void {}
  close(): void {
    this.isClosed = true;
  }

  opens(): void {
    this.#channel.readyState = 'open';
    this.#channel.dispatchEvent(new Event('open'));
  }
  /** The other one says so by the channel. */
  hears(message: object): void {
    this.#channel.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
  /** The other side closes it. */
  ends(): void {
    this.#channel.readyState = 'closed';
    this.#channel.dispatchEvent(new Event('close'));
  }
}

export type Way = Awaited<ReturnType<typeof aWay>>;

export async function alone(): Promise<Way> {
  const way = await aWay();
  void way.connect();
  way.names(way.me);
  await way.clock.advance(0);
  return way;
}

/** With another one, who came later, by a connection that is up. */
export async function together() {
  const way = await alone();
  const anna = anEntry();
  way.names(way.me, anna);
  Connection.all[0]?.opens();
  await way.clock.advance(1_000);
  return { way, anna };
}

export function anEntry(): EntryAddress {
  return { userId: aUserId(2), deviceId: DeviceId.parse(uuidv7()), entryId: EntryId.parse(uuidv7()) };
}

/** The same device, come in anew. */
export function again(entry: EntryAddress): EntryAddress {
  return { ...entry, entryId: EntryId.parse(uuidv7()) };
}

export function peopleOf(...entries: readonly EntryAddress[]): string[] {
  return entries.map(identityOf);
}

/** The direct way of one device, the server and the other device being the test. */
export async function aWay({ others = [] }: { readonly others?: EntryAddress[] } = {}) {
  const clock = createTestClock();
  const socket = createFakeSocket();
  const { call, answer } = createFakeCall();
  const said: object[] = [];
  answer(directCallRoutes.signalCall, ({ body }) => {
    said.push(body);
    return {};
  });
  const deviceId = DeviceId.parse(uuidv7());
  const me: EntryAddress = { userId: aUserId(1), deviceId, entryId: EntryId.parse(uuidv7()) };
  const told: string[] = [];
  let people: readonly string[] = [];
  const identity = identityOf(me);
  const transport = await openDirectTransport(
    {
      ...{ call, socket, clock, deviceId },
      spares: { take: () => makeSpare({ isBeginning: true }) },
      names: { of: () => 'somebody', onChange: () => () => {} },
    },
    {
      ...{ chatId: aChatId(1), callId, isSealed: false },
      admission: { way: 'direct', identity, entryId: me.entryId, iceServers: [], isRelayOnly: false, others },
    },
    {
      peopleChanged: (present) => (people = present.map((one) => one.identity)),
      left: () => told.push('left'),
      closed: (reason) => told.push(reason),
      ...{ linkChanged() {}, told() {}, stuck() {}, compared() {}, sealed() {}, silenced() {}, soundBlocked() {} },
    },
  );
  function tell({
    entries,
    ...rest
  }: {
    readonly entries: readonly EntryAddress[];
    readonly admitted?: EntryId[];
  }): void {
    const present = entries.map((entry) => ({ ...entry, joinedAt: '2026-01-01T00:00:00.000Z' }));
    socket.tell('callEntriesChanged', { callId, entries: present, ...rest });
  }

  return {
    ...{ transport, clock, me, told },
    connect: () => transport.connect(SILENT),
    /** The server says who is in the call. */
    names: (...entries: readonly EntryAddress[]) => tell({ entries }),
    /** And that nobody else may be in it. */
    admits: (...entries: readonly EntryAddress[]) => tell({ entries, admitted: entries.map(({ entryId }) => entryId) }),
    hears: (from: EntryAddress, signal: CallSignal) => socket.tell('callSignalled', { callId, from, to: me, signal }),
    said: () => said,
    beats: () => socket.signals.filter(({ name }) => name === 'beatCall').length,
    /** Who is in it, as this page sees it. */
    people: () => people,
  };
}
