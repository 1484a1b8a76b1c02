import type { ChatChanges } from '@dialog/shared/chats';
import type { ChatId, SessionId, UserId } from '@dialog/shared/contract/values';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import type { DialogSocket, Sockets } from '../platform/sockets/sockets.ts';
import { createChatRooms } from './chats.rooms.ts';

const [alice, bob, carol] = [newId<UserId>(), newId<UserId>(), newId<UserId>()];
const chatId = newId<ChatId>();

interface FakeSocket extends DialogSocket {
  readonly heard: ChatChanges[];
  readonly rooms: Set<string>;
}

/** One node: its sockets, a bus that can be spoken into, and a database that knows who is in the chat. */
function aNode() {
  const connected = new Set<FakeSocket>();
  const topics = new Map<string, (payload: unknown) => void>();
  const database = {
    epoch: 0,
    revision: 1,
    members: new Set<UserId>([alice, bob, carol]),
    asked: 0,
    gate: Promise.resolve(),
  };
  let arrive: (socket: DialogSocket) => Promise<void> = async () => {};

  const sockets: Sockets = {
    tell: () => {},
    tellLocal(room, _event, payload) {
      for (const socket of connected) if (socket.rooms.has(room)) socket.heard.push(payload as ChatChanges);
    },
    bus: {
      publish: (topic, payload) => topics.get(topic)?.(payload),
      on: (topic, hear) => void topics.set(topic, hear),
    },
    localSockets: (room) => [...connected].filter((socket) => socket.rooms.has(room)),
    allLocalSockets: () => connected,
    onConnect: (hear) => (arrive = hear),
    onDisconnect: () => {},
    onSignal: () => {},
    closeSession: () => {},
  };
  const placeOf = (userId: UserId) => {
    const { epoch, revision, members } = database;
    return { chatId, userId, epoch, revision, isIn: members.has(userId) };
  };
  const rooms = createChatRooms({
    sockets,
    db: {} as never,
    log: pino({ level: 'silent' }),
    placesOf: async (userId) => ({
      revision: 0,
      places: [placeOf(userId)]
        .filter((place) => place.isIn)
        .map((place) => ({ ...place, personRevision: 0, hears: true })),
    }),
    repository: {
      async placesIn(_tx, _chatId, userIds) {
        database.asked += 1;
        await database.gate;
        return userIds.map(placeOf);
      },
    },
  });

  /** Admitted, with its rooms joined; the platform lists it only when `connected` has it. */
  async function admit(userId: UserId): Promise<FakeSocket> {
    const own = new Set([`user:${userId}`]);
    const socket: FakeSocket = {
      id: newId(),
      caller: { userId, sessionId: newId<SessionId>() },
      address: '',
      rooms: own,
      heard: [],
      join: (room) => void own.add(room),
      leave: (room) => void own.delete(room),
      tell: () => {},
    };
    await arrive(socket);
    return socket;
  }
  async function connect(userId: UserId): Promise<FakeSocket> {
    const socket = await admit(userId);
    connected.add(socket);
    return socket;
  }
  return { rooms, database, connected, admit, connect };
}

function aFrame(epoch: number, revision: number) {
  return { chatId, epoch, changes: { chatId, from: revision - 1, revision, chat: null, members: [], messages: [] } };
}

function aRemoval(epoch: number, userId: UserId) {
  const { changes } = aFrame(epoch, epoch + 1);
  return { chatId, epoch, joined: [], ended: [userId], changes, persons: new Map() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const revisionsOf = (socket: FakeSocket) => socket.heard.map(({ revision }) => revision);

test('R11: a frame of a newer epoch than the node knows waits until the database has said who may hear it', async () => {
  const { rooms, database, connect } = aNode();
  const [bobs, carols] = [await connect(bob), await connect(carol)];
  database.epoch = 1;
  database.members.delete(bob);
  let answer = () => {};
  database.gate = new Promise((resolve) => (answer = resolve));
  rooms.tellChanges(aFrame(1, 2));
  rooms.tellChanges(aFrame(1, 3));
  await settled();
  expect([bobs.heard, carols.heard]).toEqual([[], []]);
  answer();
  await settled();
  expect([revisionsOf(bobs), revisionsOf(carols)]).toEqual([[], [2, 3]]);
  expect(database.asked).toBe(1);
  expect(rooms.epochOf(bobs, chatId)).toBe(null);
});

test('R11: after an unheard removal another one is not taken for the only one', async () => {
  const { rooms, database, connect } = aNode();
  const [alices, bobs, carols] = [await connect(alice), await connect(bob), await connect(carol)];
  database.epoch = 2;
  database.members = new Set([alice]);
  // Bob's removal, to epoch 1, was lost; Carol's is heard.
  rooms.tellAct(aRemoval(2, carol));
  await settled();
  rooms.tellChanges(aFrame(2, 5));
  expect([revisionsOf(alices), revisionsOf(bobs), revisionsOf(carols)]).toEqual([[3, 5], [], []]);
});

test('a frame from before a removal that comes late still reaches those who stay', async () => {
  const { rooms, database, connect } = aNode();
  const [bobs, carols] = [await connect(bob), await connect(carol)];
  database.epoch = 1;
  database.members.delete(bob);
  rooms.tellAct(aRemoval(1, bob));
  rooms.tellChanges(aFrame(0, 1));
  expect([revisionsOf(bobs), revisionsOf(carols)]).toEqual([[], [2, 1]]);
});

test('a socket that is being connected while someone is removed goes along to the new room', async () => {
  const { rooms, database, connected, connect, admit } = aNode();
  await connect(alice);
  const [carols, bobs] = [await admit(carol), await admit(bob)];
  database.epoch = 1;
  database.members.delete(bob);
  rooms.tellAct(aRemoval(1, bob));
  connected.add(carols).add(bobs);
  rooms.tellChanges(aFrame(1, 7));
  expect([revisionsOf(carols), revisionsOf(bobs)]).toEqual([[7], []]);
});

test('someone let in by a repair puts nobody out who was in', async () => {
  const { rooms, database, connect } = aNode();
  database.members.delete(carol);
  const [alices, carols] = [await connect(alice), await connect(carol)];
  database.members.add(carol);
  rooms.settlePlaces([{ chatId, userId: carol, epoch: 0, revision: 2, isIn: true }]);
  await settled();
  rooms.tellChanges(aFrame(0, 3));
  expect([revisionsOf(alices), revisionsOf(carols)]).toEqual([[3], [3]]);
});

test('a chat on screen is watched from the moment the socket is in it, and in its new room after a removal', async () => {
  const { rooms, database, connect } = aNode();
  database.members.delete(carol);
  const carols = await connect(carol);
  rooms.watch(carols, chatId);
  expect([...carols.rooms].some((room) => room.startsWith('watch:'))).toBe(false);
  database.members.add(carol);
  const { changes } = aFrame(0, 2);
  rooms.tellAct({ chatId, epoch: 0, joined: [carol], ended: [], changes, persons: new Map() });
  expect(carols.rooms.has(`watch:${chatId}:0`)).toBe(true);
  database.epoch = 1;
  rooms.tellAct(aRemoval(1, bob));
  expect([...carols.rooms].filter((room) => room.startsWith('watch:'))).toEqual([`watch:${chatId}:1`]);
  rooms.watch(carols, null);
  expect([...carols.rooms].some((room) => room.startsWith('watch:'))).toBe(false);
});
