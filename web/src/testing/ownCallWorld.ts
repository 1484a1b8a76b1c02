import { callRoutes } from '@dialog/shared/calls';
import { directCallRoutes } from '@dialog/shared/calls.direct';
import type { CallSource } from '@dialog/shared/calls.moderation.values';
import type { PeerMessage } from '@dialog/shared/calls.peers';
import type { Chat, ChatSummary } from '@dialog/shared/chats';
import { EntryId } from '@dialog/shared/calls.values';
import { CallId, DeviceId, type UserId } from '@dialog/shared/contract/values';
import type { Relation } from '@dialog/shared/people.values';
import { uuidv7 } from 'uuidv7';
import { createStore } from 'zustand/vanilla';
import { EMPTY_LIST, type ListedChat } from '../chats/chats.store.ts';
import type { ChatsState } from '../chats/chats.sync.ts';
import { createFakeCall } from './fakeServer.ts';
import { aChatId, aUserId } from './ids.ts';
import { createTestClock } from './testClock.ts';
import { readHabits } from '../calls/devices/habits.ts';
import type { LocalMedia, LocalMediaState } from '../calls/devices/local.media.ts';
import type { PickedScreen } from '../calls/share/pickScreen.ts';
import type { Admission, MediaTransport, Outgoing, TransportEvents } from '../calls/transport/media.transport.ts';
import { createOwnCall } from '../calls/own/own.call.ts';
import { createOwnSession } from '../calls/own/own.session.ts';

export const chatId = aChatId(1);
export const callId = CallId.parse(uuidv7());
export const going: NonNullable<Chat['call']> = {
  id: callId,
  startedBy: aUserId(1),
  startedAt: '2026-01-01T00:00:00.000Z',
  way: 'sfu',
};
export const otherChatId = aChatId(2);
export const otherCallId = CallId.parse(uuidv7());

interface FakeTransport {
  readonly events: TransportEvents;
  readonly way: Admission['way'];
  readonly told: PeerMessage[];
  sent: Outgoing | null;
  isClosed: boolean;
  isHearing: boolean;
  readonly volumes: Map<string, number>;
  /** From now on a sound of this one arrives by it. */
  carry(identity: string): void;
}

export function insideDirect(connecting?: () => Promise<void>) {
  return inside({ listed: { ...going, way: 'direct' }, admission: admitDirect, connecting });
}

export async function inside({ listed = going, admission = admit, silences = [], connecting }: WorldOptions = {}) {
  const world = aWorld({ listed });
  world.admission = admission;
  if (connecting) world.connecting = connecting;
  for (const [source, at] of silences) world.silences.set(source, at);
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  return world;
}

export function admit(): Promise<Admission> {
  return Promise.resolve({ way: 'sfu', mediaPath: '/rtc/main', token: 'token', identity: 'me' });
}

interface WorldOptions {
  /** As the chat list has it. */
  readonly listed?: Chat['call'];
  readonly admission?: () => Promise<Admission>;
  readonly connecting?: (() => Promise<void>) | undefined;
  /** From before this page comes in. */
  readonly silences?: readonly (readonly [CallSource, string])[];
}

function blocked(id: UserId): Relation {
  const user = { id, userName: 'somebody', displayName: 'Somebody' };
  return { user, friendship: 'none', isBlocked: true, revision: 1 };
}

export function admitDirect(): Promise<Admission> {
  const entryId = EntryId.parse(uuidv7());
  return Promise.resolve({ way: 'direct', identity: 'me', entryId, iceServers: [], isRelayOnly: false, others: [] });
}

export function aWorld({ listed = going }: Pick<WorldOptions, 'listed'> = {}) {
  const clock = createTestClock();
  const transports: FakeTransport[] = [];
  const chats = createStore<ChatsState>(() => ({
    list: { ...EMPTY_LIST, revision: 1 },
    isKnown: true,
    members: new Map(),
  }));
  const { media, microphone, isOpen } = aLocalMedia();
  const { call, answer } = createFakeCall();
  const left: CallId[] = [];
  /** What those who keep order silenced of me, and when by the server's clock. */
  const silences = new Map<CallSource, string>();
  const hearers = new Set<(callId: CallId, source: CallSource) => void>();

  function setChat(chat: Parameters<typeof aListed>[0] | null): void {
    const all = new Map([[otherChatId, aListed({ call: { ...going, id: otherCallId } })]]);
    if (chat) all.set(chatId, aListed(chat));
    chats.setState({ list: { ...EMPTY_LIST, revision: 1, chats: all } });
  }
  setChat({ call: listed });

  /** These and no others, by me. */
  function setBlocked(...people: readonly UserId[]): void {
    const relations = people.map((id) => [id, blocked(id)] as const);
    chats.setState(({ list }) => ({ list: { ...list, relations: new Map(relations) } }));
  }

  const deviceId = DeviceId.parse(uuidv7());
  const world = {
    clock,
    media,
    microphone,
    isOpen,
    transports,
    left,
    setChat,
    setBlocked,
    admission: admit,
    connecting: (): Promise<void> => Promise.resolve(),
    starting: (): Promise<void> => Promise.resolve(),
    loading: (): Promise<void> => Promise.resolve(),
    picking: (): Promise<PickedScreen> => Promise.reject(new Error('no screen')),
    silences,
    listing: (): Promise<void> => Promise.resolve(),
    /** Our server tells that this of me is silenced in this call. */
    tellSilence(silencedIn: CallId, source: CallSource): void {
      for (const hear of hearers) hear(silencedIn, source);
    },
    moves: 0,
    moving: (): Promise<void> => Promise.resolve(),
    names: () => world.own.store.getState().active?.people.map(({ name }) => name),
    asked: 0,
    /** Of these: before anybody said that they want in. */
    askedAhead: 0,
    last(): FakeTransport {
      const transport = transports.at(-1);
      if (!transport) throw new Error('no way was opened');
      return transport;
    },
    own: createOwnCall({
      call,
      chats: { store: chats },
      media,
      deviceId,
      wantsSealing: () => false,
      async loadSession() {
        await world.loading();
        return {
          createOwnSession,
          parts: {
            openTransport: ({ admission }, events) => Promise.resolve(open(admission.way, events)),
            prepareTransport: () => {},
            async moveCall(movedId) {
              await call(directCallRoutes.moveCall, { params: { callId: movedId }, body: { deviceId } });
            },
            async listSilences() {
              const found = [...silences].map(([source, at]) => ({ source, at }));
              await world.listing();
              return found;
            },
            onSilenced(hear) {
              hearers.add(hear);
              return () => void hearers.delete(hear);
            },
            pickScreen: Object.assign((): Promise<PickedScreen> => world.picking(), { aim: () => Promise.resolve() }),
            holdStill: () => Promise.reject(new Error('no screen')),
            random: () => 0.5,
          },
        };
      },
      clock,
      volumes: { kept: () => null, keep: () => {} },
    }),
  };

  function open(way: Admission['way'], events: TransportEvents): MediaTransport {
    const carried = new Set<string>();
    const transport: FakeTransport = {
      ...{ way, events, sent: null, told: [], isClosed: false, isHearing: true, volumes: new Map() },
      carry: (identity) => void carried.add(identity),
    };
    transports.push(transport);
    return {
      async connect(outgoing) {
        transport.sent = outgoing;
        await world.connecting();
      },
      send(outgoing) {
        transport.sent = outgoing;
      },
      tell: (message) => void transport.told.push(message),
      hear(isHearing) {
        transport.isHearing = isHearing;
      },
      carries: (identity) => carried.has(identity),
      measure: () => Promise.resolve([]),
      limit() {},
      setScreenVolume() {},
      useSpeaker() {},
      setVolume: (identity, volume) => void transport.volumes.set(identity, volume),
      playSound() {},
      close() {
        transport.isClosed = true;
      },
    };
  }

  answer(callRoutes.startCall, async () => {
    await world.starting();
    return { call: going } as Chat;
  });
  answer(callRoutes.joinCall, ({ body }) => {
    world.asked += 1;
    if (body.isAhead) world.askedAhead += 1;
    return world.admission();
  });
  answer(directCallRoutes.moveCall, async () => {
    await world.moving();
    world.moves += 1;
    return {};
  });
  answer(callRoutes.leaveCall, ({ params }) => {
    left.push(CallId.parse(params.callId));
    return {};
  });
  return world;
}

export function aListed(chat: Pick<Chat, 'call'> & Partial<Pick<Chat, 'kind'>>): ListedChat {
  return {
    summary: { chat: { kind: 'direct', ...chat } } as unknown as ChatSummary,
    heard: [],
    taken: [],
    countedAt: 1,
  };
}

function aLocalMedia() {
  const microphone = { id: 'microphone' } as MediaStreamTrack;
  const source = { isWanted: true, isStarting: false, problem: null, effect: 'off' } as const;
  const store = createStore<LocalMediaState>(() => ({
    microphone: { ...source, raw: microphone, track: microphone },
    camera: { ...source, raw: null, track: null },
    devices: { microphone: [], camera: [], speaker: [] },
    choice: {},
    habits: readHabits(null),
  }));
  let isOpen = false;
  const media: LocalMedia = {
    store,
    open() {
      isOpen = true;
    },
    close() {
      isOpen = false;
    },
    want: (kind, isWanted) => store.setState((state) => ({ [kind]: { ...state[kind], isWanted } })),
    choose() {},
    flip() {},
    setHabits: (change) => store.setState(({ habits }) => ({ habits: { ...habits, ...change } })),
    retry() {},
  };
  return { media, microphone, isOpen: () => isOpen };
}
