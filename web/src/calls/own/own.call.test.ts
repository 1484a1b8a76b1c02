import { callRoutes } from '@dialog/shared/calls';
import type { Chat, ChatSummary } from '@dialog/shared/chats';
import { CallId, DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { EMPTY_LIST, type ListedChat } from '../../chats/chats.store.ts';
import type { ChatsState } from '../../chats/chats.sync.ts';
import { ApiError } from '../../platform/api.ts';
import { createFakeCall } from '../../testing/fakeServer.ts';
import { aChatId, aUserId } from '../../testing/ids.ts';
import { createTestClock } from '../../testing/testClock.ts';
import type { LocalMedia, LocalMediaState } from '../devices/local.media.ts';
import type { MediaTransport, Outgoing, TransportEvents } from '../transport/media.transport.ts';
import { createOwnCall } from './own.call.ts';

const chatId = aChatId(1);
const callId = CallId.parse(uuidv7());
const going: NonNullable<Chat['call']> = {
  id: callId,
  startedBy: aUserId(1),
  startedAt: '2026-01-01T00:00:00.000Z',
  way: 'sfu',
};

test('joining brings the microphone and camera of the lobby along, muted if muted', async () => {
  const world = aWorld();
  world.own.openLobby(chatId);
  world.media.want('microphone', false);
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ lobby: null, active: { chatId, callId, link: 'up' } });
  expect(world.last().sent).toMatchObject({ isMuted: true, microphone: world.microphone });
});

test('no reconnect unmutes: each new way begins with what is wanted at that moment', async () => {
  const world = await inside();
  world.media.want('microphone', false);
  expect(world.last().sent?.isMuted).toBe(true);
  world.last().events.closed('lost');
  await world.clock.advance(0);
  expect(world.transports).toHaveLength(2);
  expect(world.last().sent?.isMuted).toBe(true);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('a lost way is found again with a fresh token, however long the server has no media', async () => {
  const world = await inside();
  world.admission = () => Promise.reject(new ApiError('calls-unavailable'));
  world.last().events.closed('lost');
  await world.clock.advance(60_000);
  expect(world.own.store.getState().active).toMatchObject({ callId, link: 'lost' });
  expect(world.asked).toBeLessThan(20);
  world.admission = admit;
  await world.clock.advance(5_000);
  expect(world.own.store.getState().active).toMatchObject({ callId, link: 'up' });
});

test('silence is shown at once, and after six seconds of it we come back by ourselves', async () => {
  const world = await inside();
  world.last().events.linkChanged(false);
  expect(world.own.store.getState().active?.link).toBe('lost');
  await world.clock.advance(5_900);
  expect(world.transports).toHaveLength(1);
  await world.clock.advance(200);
  expect(world.transports).toHaveLength(2);
  expect(world.transports[0]?.isClosed).toBe(true);
});

test('a link that answers again is left as it is', async () => {
  const world = await inside();
  world.last().events.linkChanged(false);
  await world.clock.advance(3_000);
  world.last().events.linkChanged(true);
  await world.clock.advance(60_000);
  expect(world.transports).toHaveLength(1);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('whoever is no longer in the chat is out of the call before the media stop', async () => {
  const world = await inside();
  world.setChat(null);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'removed' } });
  expect(world.last().isClosed).toBe(true);
  expect(world.isOpen()).toBe(false);
});

test('when the call ends for all, so it does here; but one just started may reach the list late', async () => {
  const world = aWorld({ listed: null });
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  world.setChat({ call: null });
  expect(world.own.store.getState().active?.link).toBe('up');
  world.setChat({ call: going });
  world.setChat({ call: null });
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'ended' } });
});

test('the server has the last word on coming back', async () => {
  const world = await inside();
  world.admission = () => Promise.reject(new ApiError('call-not-found'));
  world.last().events.closed('lost');
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'removed' } });
});

test('what goes wrong on the way in is said in the lobby, and pressing again may help', async () => {
  const world = aWorld();
  world.admission = () => Promise.reject(new ApiError('calls-unavailable'));
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState().lobby).toEqual({ chatId, isJoining: false, failure: 'calls-unavailable' });
  world.admission = admit;
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('a lobby that is closed while joining leads nowhere', async () => {
  const world = aWorld();
  world.own.openLobby(chatId);
  world.own.join();
  world.own.closeLobby();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ lobby: null, active: null });
  expect(world.transports.every((one) => one.isClosed)).toBe(true);
  expect(world.isOpen()).toBe(false);
});

test('the lobby asks for the way in ahead of the press, but never uses a token that has grown old', async () => {
  const world = aWorld();
  world.own.openLobby(chatId);
  expect(world.asked).toBe(1);
  await world.clock.advance(29_000);
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState().active?.link).toBe('up');
  expect(world.asked).toBe(1);
  world.own.leave();

  world.own.openLobby(chatId);
  await world.clock.advance(31_000);
  world.own.join();
  await world.clock.advance(0);
  expect(world.asked).toBe(3);
});

test('leaving closes the way and the devices, and old ways have nothing more to say', async () => {
  const world = await inside();
  const { events } = world.last();
  world.own.leave();
  events.closed('lost');
  events.linkChanged(false);
  await world.clock.advance(60_000);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: null });
  expect(world.transports).toHaveLength(1);
  expect(world.isOpen()).toBe(false);
  expect(world.left).toEqual([callId]);
});

interface FakeTransport {
  readonly events: TransportEvents;
  sent: Outgoing | null;
  isClosed: boolean;
}

async function inside() {
  const world = aWorld();
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  return world;
}

function admit() {
  return Promise.resolve({ way: 'sfu' as const, mediaPath: '/rtc/main', token: 'token', identity: 'me' });
}

function aWorld({ listed = going }: { readonly listed?: Chat['call'] } = {}) {
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

  function setChat(chat: { call: Chat['call'] } | null): void {
    const summary = { chat } as unknown as ChatSummary;
    const listedChat: ListedChat = { summary, heard: [], taken: [], countedAt: 1 };
    chats.setState({ list: { ...EMPTY_LIST, revision: 1, chats: new Map(chat ? [[chatId, listedChat]] : []) } });
  }
  setChat({ call: listed });

  const world = {
    clock,
    media,
    microphone,
    isOpen,
    transports,
    left,
    setChat,
    admission: admit,
    asked: 0,
    last(): FakeTransport {
      const transport = transports.at(-1);
      if (!transport) throw new Error('no way was opened');
      return transport;
    },
    own: createOwnCall({
      call,
      chats: { store: chats },
      media,
      deviceId: DeviceId.parse(uuidv7()),
      openTransport: (events) => Promise.resolve(open(events)),
      clock,
      random: () => 0.5,
      origin: 'wss://dialog.example',
    }),
  };

  function open(events: TransportEvents): MediaTransport {
    const transport: FakeTransport = { events, sent: null, isClosed: false };
    transports.push(transport);
    return {
      async connect(_admission, outgoing) {
        transport.sent = outgoing;
      },
      send(outgoing) {
        transport.sent = outgoing;
      },
      tell() {},
      measure: () => Promise.resolve([]),
      limit() {},
      useSpeaker() {},
      playSound() {},
      close() {
        transport.isClosed = true;
      },
    };
  }

  answer(callRoutes.startCall, () => ({ call: going }) as Chat);
  answer(callRoutes.joinCall, () => {
    world.asked += 1;
    return world.admission();
  });
  answer(callRoutes.leaveCall, ({ params }) => {
    left.push(CallId.parse(params.callId));
    return {};
  });
  return world;
}

function aLocalMedia() {
  const microphone = { id: 'microphone' } as MediaStreamTrack;
  const source = { isWanted: true, isStarting: false, problem: null };
  const store = createStore<LocalMediaState>(() => ({
    microphone: { ...source, track: microphone },
    camera: { ...source, track: null },
    devices: { microphone: [], camera: [], speaker: [] },
    choice: {},
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
    retry() {},
    pickScreen: () => Promise.reject(new Error('no screen')),
  };
  return { media, microphone, isOpen: () => isOpen };
}
