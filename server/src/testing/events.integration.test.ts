import { ringRoutes } from '@dialog/shared/calls.ring';
import { authRoutes } from '@dialog/shared/auth';
import { deviceRoutes } from '@dialog/shared/auth.devices';
import { callRoutes } from '@dialog/shared/calls';
import { callModerationRoutes } from '@dialog/shared/calls.moderation';
import { chatRoutes } from '@dialog/shared/chats';
import { scheduledRoutes } from '@dialog/shared/messages.scheduled';
import { messageRoutes } from '@dialog/shared/messages';
import type { CallId, ChatId, MessageId } from '@dialog/shared/contract/values';
import { serverEvents, type ServerToClientEvents } from '@dialog/shared/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, pause } from './conversation.ts';
import { BYE, enterDirect, startCall } from './directCalls.ts';
import { aGroup, aUser, connectSocket, signInAgain, type ClientSocket, type Person } from './people.ts';
import { anInviteAskedBy } from './permissions.groups.ts';
import { startTestApp, type TestApp } from './startTestApp.ts';

const ACTORS = ['owner', 'member', 'former', 'stranger', 'blocked'] as const;
type Actor = (typeof ACTORS)[number];
type EventName = keyof ServerToClientEvents;

interface Scene {
  readonly chatId: ChatId;
  readonly people: Record<Actor, Person>;
  readonly sockets: Record<Actor, ClientSocket>;
}

interface Row {
  /** Makes it happen. */
  readonly when: (scene: Scene) => Promise<unknown>;
  /** Who hears of it; the signed-out have no socket. Blocking does not exist yet: a stranger until then. */
  readonly hear: readonly Actor[];
  /** Whether this is about the scene. */
  readonly isIt?: (payload: unknown, scene: Scene) => boolean;
  /** Until what is told late has been told to everyone. */
  readonly settleMs?: number;
}

const aboutChat = (payload: unknown, { chatId }: Scene) => JSON.stringify(payload).includes(chatId);

const matrix: { readonly [Name in EventName]: Row } = {
  signedOut: {
    when: async ({ people }) => {
      const again = await signInAgain(app, people.owner);
      await again.call(authRoutes.signOutSession, { params: { sessionId: people.owner.sessionId } });
    },
    hear: ['owner'],
  },
  signedInElsewhere: { when: ({ people }) => signInAgain(app, people.owner), hear: ['owner'], settleMs: 1_500 },
  accountChanged: {
    when: ({ people }) =>
      people.owner.call(deviceRoutes.renameSession, {
        params: { sessionId: people.owner.sessionId },
        body: { name: 'Kitchen' },
      }),
    hear: ['owner'],
  },
  chatChanged: {
    when: ({ people, chatId }) => postAs(people.owner, chatId),
    hear: ['owner', 'member'],
    isIt: aboutChat,
  },
  personChanged: {
    when: ({ people, chatId }) =>
      people.member.call(messageRoutes.markRead, { params: { chatId }, body: { position: 1 } }),
    hear: ['member'],
    isIt: aboutChat,
  },
  headsMoved: {
    // As if the bus had lost a fact: only the database knows.
    when: ({ chatId }) =>
      app.app.db.run('UPDATE chats SET revision = revision + 1 WHERE id = :id', { id: toBytes(chatId) }),
    hear: ['owner', 'member'],
    isIt: aboutChat,
    settleMs: 10_000,
  },
  cursorsMoved: {
    when: async ({ people, chatId }) => {
      const { position } = await postAs(people.owner, chatId);
      await people.member.call(messageRoutes.markRead, { params: { chatId }, body: { position } });
    },
    hear: ['owner', 'member'],
    isIt: aboutChat,
  },
  typed: {
    when: async ({ sockets, chatId }) => sockets.member.emit('type', { chatId }),
    hear: ['owner', 'member'],
    isIt: aboutChat,
  },
  scheduledChanged: {
    when: ({ people, chatId }) =>
      people.member.call(scheduledRoutes.scheduleMessage, {
        params: { chatId },
        body: { id: newId<MessageId>(), text: 'later', sendAt: new Date(Date.now() + 3_600_000).toISOString() },
      }),
    hear: ['member'],
  },
  joinRequestsChanged: {
    when: async ({ people, chatId }) => {
      await anInviteAskedBy(people.owner, chatId, people.stranger);
    },
    hear: ['owner'],
    isIt: aboutChat,
  },
  presenceChanged: {
    when: async ({ sockets, people }) => {
      for (const actor of ACTORS) sockets[actor].emit('watchPeople', { userIds: [people.member.user.id] });
    },
    hear: ['owner', 'member'],
    isIt: (payload, { people }) => JSON.stringify(payload).includes(people.member.user.id),
  },
  callPeopleChanged: {
    // Told to the chat's room by the calls feature; who is in that room is what this row is about.
    when: async ({ chatId }) => {
      const payload = { chatId, callId: newId<never>(), participants: [] };
      const [row] = await app.app.db.rows<{ epoch: number }>('SELECT epoch FROM chats WHERE id = :id', {
        id: toBytes(chatId),
      });
      app.app.sockets.tell(`chat:${chatId}:${row?.epoch ?? 0}`, 'callPeopleChanged', payload);
    },
    hear: ['owner', 'member'],
    isIt: aboutChat,
  },
  callModerated: {
    // The owner has not joined: it is told to those who were let in, and to whom it is about.
    when: async ({ people, chatId }) => {
      const body = { id: newId<never>() };
      await people.owner.call(callRoutes.startCall, { params: { chatId }, body });
      const params = { callId: body.id, userId: people.member.user.id };
      await people.owner.call(callModerationRoutes.removeFromCall, { params });
    },
    hear: ['member'],
  },
  // In a call of owner and member, whose devices are these very sockets.
  callSignalled: { when: signalInDirectCall, hear: ['member'] },
  callEntriesChanged: {
    when: signalInDirectCall,
    hear: ['owner', 'member'],
    isIt: (payload) => (payload as { entries: unknown[] }).entries.length === 2,
  },
  callRang: { when: ({ people, chatId }) => aCallIn(people.owner, chatId), hear: ['member'], isIt: aboutChat },
  callRingEnded: {
    when: async ({ people, chatId }) => {
      const params = { callId: await aCallIn(people.owner, chatId) };
      await eventually(async () => (await people.member.call(ringRoutes.listRings)).rings.length > 0);
      await people.member.call(ringRoutes.declineCall, { params });
    },
    hear: ['member'],
  },
  callRingChanged: { when: ({ people, chatId }) => aCallIn(people.owner, chatId), hear: ['owner'], isIt: aboutChat },
};

async function aCallIn(person: Person, chatId: ChatId): Promise<CallId> {
  await eventually(async () => (await person.call(callRoutes.getCallStatus)).status === 'ready', 10_000);
  const id = newId<CallId>();
  await person.call(callRoutes.startCall, { params: { chatId }, body: { id } });
  return id;
}

/** The owner calls the member, both directly, and says something. */
async function signalInDirectCall({ people: { owner, member }, sockets }: Scene): Promise<void> {
  const { chat } = await owner.call(chatRoutes.createDirectChat, { body: { userId: member.user.id } });
  const callId = await startCall(owner, chat.id);
  const devices = [await enterDirect(owner, { callId, socket: sockets.owner })];
  devices.push(await enterDirect(member, { callId, socket: sockets.member }));
  const [from, to] = devices;
  if (from && to) await from.say(BYE, to.address);
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

function postAs(person: Person, chatId: ChatId) {
  return person.call(messageRoutes.postMessage, {
    params: { chatId },
    body: { id: newId<MessageId>(), text: 'hello' },
  });
}

/** All of them connected, all watching the chat and each claiming to write there; `former` was removed while connected. */
async function aScene(): Promise<Scene> {
  const [owner, member, former, stranger, blocked] = await Promise.all(ACTORS.map(() => aUser(app)));
  if (!owner || !member || !former || !stranger || !blocked) throw new Error('five people');
  const people = { owner, member, former, stranger, blocked };
  const sockets = Object.fromEntries(
    await Promise.all(ACTORS.map(async (actor) => [actor, await people[actor].connect()])),
  ) as Scene['sockets'];
  const { chat } = await aGroup(owner, [member, former]);
  for (const actor of ACTORS) sockets[actor].emit('watchChat', { chatId: chat.id });
  await owner.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: former.user.id } });
  sockets.former.emit('watchChat', { chatId: chat.id });
  sockets.former.emit('type', { chatId: chat.id });
  await pause(300);
  return { chatId: chat.id, people, sockets };
}

test('no event is without a row', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(Object.keys(serverEvents).toSorted());
});

test.each(Object.keys(matrix) as EventName[])(
  '%s is heard by those whom it concerns and by nobody else',
  async (event) => {
    const { when, hear, isIt = () => true, settleMs = 6_000 } = matrix[event];
    const scene = await aScene();
    const heard = new Set<Actor>();
    for (const actor of ACTORS) {
      scene.sockets[actor].on(event, (payload: unknown) => {
        if (isIt(payload, scene)) heard.add(actor);
      });
    }
    await when(scene);
    await eventually(() => hear.every((actor) => heard.has(actor)), settleMs).catch(() => {});
    await pause(300);
    for (const actor of ACTORS) scene.sockets[actor].close();
    expect([...heard].toSorted()).toEqual(hear.toSorted());
  },
);

test('the signed-out hear nothing: they are not let in', async () => {
  await expect(connectSocket(app, undefined)).rejects.toThrow('not-signed-in');
  await expect(connectSocket(app, 'A'.repeat(43))).rejects.toThrow('not-signed-in');
});
