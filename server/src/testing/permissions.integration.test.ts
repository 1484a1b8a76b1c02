import { chatRoutes } from '@dialog/shared/chats';
import type { Route } from '@dialog/shared/contract/routes';
import type { CallId, ChatId, FolderId, MessageId } from '@dialog/shared/contract/values';
import { callRoutes } from '@dialog/shared/calls';
import { routes, type RouteName } from '@dialog/shared/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually, post } from './conversation.ts';
import { exampleRequests, type Requests } from './examples.ts';
import { postFile } from './files.ts';
import { ANYONE, CALLERS, FILES, MEMBERS, MY_FOLDER, NOT_THERE, OUT, OWNER, SIGNED_IN } from './outcomes.ts';
import { aGroup, anOnlyFolder, aUser, callRoute, Refused, sendAct, signInAgain, type Person } from './people.ts';
import { startTestApp, testServices, type TestApp } from './startTestApp.ts';

const ACTORS = ['owner', 'member', 'former', 'stranger', 'blocked', 'signedOut'] as const;
type Actor = (typeof ACTORS)[number];

/** `nothing`: answered, but without what the actor may not know of. */
type Outcome = string;

interface Scene {
  readonly chatId: ChatId;
  readonly callId: CallId;
  /** Posted by the owner. */
  readonly messageId: MessageId;
  /** The owner's. */
  readonly folderId: FolderId;
  readonly owner: Person;
  readonly member: Person;
  /** In the group as well, to be removed or promoted. */
  readonly other: Person;
  /** In no chat with anyone. */
  readonly bystander: Person;
}

interface Row<Name extends RouteName> {
  readonly ask: (scene: Scene) => Requests[Name];
  /** In the order of ACTORS. Blocking does not exist yet: who will be blocked is a stranger until then. */
  readonly may: readonly [
    owner: Outcome,
    member: Outcome,
    former: Outcome,
    stranger: Outcome,
    blocked: Outcome,
    signedOut: Outcome,
  ];
  /** Whether the answer says anything of the scene. */
  readonly shows?: (reply: unknown, scene: Scene) => boolean;
  /** With a call going on. */
  readonly inCall?: true;
  /** With a message that stands. */
  readonly onMessage?: true | 'file';
}

const examples = exampleRequests();
const inChat = ({ chatId }: Scene) => ({ chatId });
/** It has the id of the message that holds it. */
const inFile = ({ messageId }: Scene) => ({ params: { attachmentId: messageId } });
const ofMessage = ({ chatId, messageId }: Scene) => ({ chatId, messageId });

const matrix: { readonly [Name in RouteName]: Row<Name> } = {
  getAbout: { ask: () => ({}), may: ANYONE },
  signUp: { ask: () => exampleRequests().signUp, may: ANYONE },
  signIn: {
    ask: ({ bystander }) => ({ body: { userName: bystander.userName, password: bystander.password, keep: 'bearer' } }),
    may: ANYONE,
  },
  signOut: { ask: () => ({}), may: SIGNED_IN },
  getMe: { ask: () => ({}), may: SIGNED_IN },
  listSessions: { ask: () => ({}), may: SIGNED_IN },
  signOutSession: { ask: ({ owner }) => ({ params: { sessionId: owner.sessionId } }), may: NOT_THERE },
  signOutOthers: { ask: () => ({}), may: SIGNED_IN },
  changePassword: {
    ask: () => examples.changePassword,
    may: ['wrong-credentials', 'wrong-credentials', 'wrong-credentials', 'wrong-credentials', 'wrong-credentials', OUT],
  },
  findUser: { ask: ({ bystander }) => ({ params: { userName: bystander.userName } }), may: SIGNED_IN },
  listUsers: {
    ask: ({ member }) => ({ body: { ids: [member.user.id] } }),
    may: ['ok', 'ok', 'ok', 'nothing', 'nothing', OUT],
    shows: (reply, { member }) => JSON.stringify(reply).includes(member.userName),
  },
  createDirectChat: { ask: ({ bystander }) => ({ body: { userId: bystander.user.id } }), may: SIGNED_IN },
  createGroup: { ask: () => ({ body: { id: newId<ChatId>(), title: 'Mine', memberIds: [] } }), may: SIGNED_IN },
  renameGroup: { ask: (scene) => ({ params: inChat(scene), body: { title: 'New title' } }), may: OWNER },
  listMembers: { ask: (scene) => ({ params: inChat(scene), query: {} }), may: MEMBERS },
  findMembers: { ask: (scene) => ({ params: inChat(scene), query: { name: 'a' } }), may: MEMBERS },
  addMembers: { ask: (scene) => ({ params: inChat(scene), body: { userIds: [scene.bystander.user.id] } }), may: OWNER },
  removeMember: { ask: (scene) => ({ params: { ...inChat(scene), userId: scene.other.user.id } }), may: OWNER },
  changeRole: {
    ask: (scene) => ({ params: { ...inChat(scene), userId: scene.other.user.id }, body: { role: 'admin' } }),
    may: OWNER,
  },
  leaveGroup: {
    ask: (scene) => ({ params: inChat(scene) }),
    may: ['last-owner', 'ok', 'chat-not-found', 'chat-not-found', 'chat-not-found', OUT],
  },
  getAttachment: { ask: inFile, may: FILES, onMessage: 'file' },
  listAttachments: { ask: (scene) => ({ params: inChat(scene), query: { filter: 'media' } }), may: MEMBERS },
  openNotes: { ask: () => ({}), may: SIGNED_IN },
  arrangeChat: { ask: (scene) => ({ params: inChat(scene), body: { isMarkedUnread: true } }), may: MEMBERS },
  saveDraft: { ask: (scene) => ({ params: inChat(scene), body: { text: 'hel', agoMs: 0 } }), may: MEMBERS },
  createFolder: {
    ask: (scene) => ({ body: { id: newId<FolderId>(), name: 'Mine', chatIds: [scene.chatId] } }),
    may: MEMBERS,
  },
  // The owner's own; to anyone else it does not exist.
  changeFolder: { ask: ({ folderId }) => ({ params: { folderId }, body: { name: 'Ours' } }), may: MY_FOLDER },
  removeFolder: { ask: ({ folderId }) => ({ params: { folderId } }), may: MY_FOLDER },
  postMessage: {
    ask: (scene) => ({ params: inChat(scene), body: { id: newId<MessageId>(), text: 'hello' } }),
    may: MEMBERS,
  },
  openChat: { ask: (scene) => ({ params: inChat(scene) }), may: MEMBERS },
  listHistory: { ask: (scene) => ({ params: inChat(scene), query: { before: '100' } }), may: MEMBERS },
  listChanges: { ask: (scene) => ({ params: inChat(scene), query: { since: '0' } }), may: MEMBERS },
  syncChats: {
    ask: () => ({ body: { since: 0, known: [] } }),
    may: ['ok', 'ok', 'nothing', 'nothing', 'nothing', OUT],
    shows: (reply, { chatId }) =>
      (reply as { changes: { chats: { chat: { id: string } }[] } }).changes.chats.some(
        ({ chat }) => chat.id === chatId,
      ),
  },
  listAround: { ask: (scene) => ({ params: inChat(scene), query: { position: '1' } }), may: MEMBERS },
  listNewer: { ask: (scene) => ({ params: inChat(scene), query: { after: '1' } }), may: MEMBERS },
  findPosition: {
    ask: (scene) => ({ params: inChat(scene), query: { at: '2026-11-25T10:00:00.000Z' } }),
    may: MEMBERS,
  },
  listMessages: { ask: (scene) => ({ params: inChat(scene), body: { positions: [1] } }), may: MEMBERS },
  editMessage: {
    ask: (scene) => ({ params: ofMessage(scene), body: { text: 'better' } }),
    may: OWNER,
    onMessage: true,
  },
  listVersions: { ask: (scene) => ({ params: ofMessage(scene) }), may: MEMBERS, onMessage: true },
  deleteMessages: {
    ask: (scene) => ({ params: inChat(scene), body: { messageIds: [scene.messageId] } }),
    may: OWNER,
    onMessage: true,
  },
  hideMessages: { ask: (scene) => ({ params: inChat(scene), body: { positions: [1] } }), may: MEMBERS },
  react: {
    ask: (scene) => ({ params: ofMessage(scene), body: { emoji: '👍', isOn: true } }),
    may: MEMBERS,
    onMessage: true,
  },
  listReactions: {
    ask: (scene) => ({ params: ofMessage(scene), query: { emoji: '👍' } }),
    may: MEMBERS,
    onMessage: true,
  },
  pinMessage: { ask: (scene) => ({ params: ofMessage(scene), body: { isOn: true } }), may: OWNER, onMessage: true },
  listPins: { ask: (scene) => ({ params: inChat(scene) }), may: MEMBERS },
  starMessage: { ask: (scene) => ({ params: ofMessage(scene), body: { isOn: true } }), may: MEMBERS, onMessage: true },
  listStarred: { ask: () => ({ query: {} }), may: SIGNED_IN },
  forwardMessages: {
    ask: (scene) => ({
      params: inChat(scene),
      body: { from: scene.chatId, messages: [{ id: newId<MessageId>(), messageId: scene.messageId }] },
    }),
    may: MEMBERS,
    onMessage: true,
  },
  removePreview: { ask: (scene) => ({ params: ofMessage(scene) }), may: OWNER, onMessage: true },
  listReaders: { ask: (scene) => ({ params: ofMessage(scene), query: {} }), may: OWNER, onMessage: true },
  markRead: { ask: (scene) => ({ params: inChat(scene), body: { position: 1 } }), may: MEMBERS },
  // Chats the caller is not in are passed over without a word: the answer is empty for all.
  markDelivered: { ask: (scene) => ({ body: { cursors: [{ ...inChat(scene), position: 1 }] } }), may: SIGNED_IN },
  searchMessages: { ask: ({ chatId }) => ({ body: { words: 'hello', chatId } }), may: MEMBERS },
  getCallStatus: { ask: () => ({}), may: SIGNED_IN },
  startCall: { ask: (scene) => ({ params: inChat(scene), body: { id: newId<CallId>() } }), may: MEMBERS },
  getCall: { ask: ({ callId }) => ({ params: { callId } }), may: CALLERS, inCall: true },
  joinCall: {
    ask: ({ callId }) => ({ params: { callId }, body: { deviceId: newId<never>() } }),
    may: CALLERS,
    inCall: true,
  },
  leaveCall: {
    ask: ({ callId }) => ({ params: { callId }, body: { deviceId: newId<never>() } }),
    may: CALLERS,
    inCall: true,
  },
};

type Cast = Record<Exclude<Actor, 'signedOut'> | 'other' | 'bystander', Person>;

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startTestApp();
  cast = await aCast();
  await eventuallyReadyForCalls(cast.owner);
});
afterAll(async () => {
  await app.stop();
});

async function aCast(): Promise<Cast> {
  const [owner, member, former, stranger, blocked, other, bystander] = await Promise.all(
    Array.from({ length: 7 }, () => aUser(app)),
  );
  if (!owner || !member || !former || !stranger || !blocked || !other || !bystander) throw new Error('seven people');
  return { owner, member, former, stranger, blocked, other, bystander };
}

async function eventuallyReadyForCalls(owner: Person): Promise<void> {
  if (!testServices().livekit) throw new Error('the matrix needs TEST_LIVEKIT_…: run it with "npm test"');
  await eventually(async () => (await owner.call(callRoutes.getCallStatus)).status === 'ready', 10_000);
}

/** A group of its own for each question: what one actor did must not decide for the next. */
async function aScene({ inCall, onMessage }: Row<RouteName>): Promise<Scene> {
  const { owner, member, former, other, bystander } = cast;
  const { chat } = await aGroup(owner, [member, former, other]);
  await owner.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: former.user.id } });
  const callId = newId<CallId>();
  if (inCall) await owner.call(callRoutes.startCall, { params: { chatId: chat.id }, body: { id: callId } });
  const messageId = newId<MessageId>();
  if (onMessage === 'file') await postFile(app, owner, { chatId: chat.id, id: messageId });
  else if (onMessage) await post(owner, { chatId: chat.id, id: messageId, text: 'hello' });
  const folderId = await anOnlyFolder(owner);
  return { chatId: chat.id, callId, messageId, folderId, owner, member, other, bystander };
}

/** Ends of sessions and the like happen to a session of its own. */
const ENDS_SESSIONS: ReadonlySet<RouteName> = new Set(['signOut', 'signOutOthers', 'signOutSession']);

async function outcomeOverHttp(name: RouteName, actor: Actor): Promise<Outcome> {
  const row = matrix[name] as Row<RouteName>;
  const scene = await aScene(row);
  const spare = ENDS_SESSIONS.has(name);
  const owner = spare ? await signInAgain(app, scene.owner) : scene.owner;
  const acting = actor === 'signedOut' ? undefined : spare ? await signInAgain(app, cast[actor]) : cast[actor];
  const headers: Record<string, string> = acting ? { authorization: `Bearer ${acting.token}` } : {};
  const route: Route = routes[name];
  const request: object = row.ask({ ...scene, owner });
  const reply = await callRoute({ url: app.url, route, request, headers }).catch((error: unknown) => error);
  if (ENDS_SESSIONS.has(name)) await restoreSessions();
  return outcomeOf(reply, row, scene);
}

/** "Sign out others" ended the sessions the other rows act with. */
async function restoreSessions(): Promise<void> {
  for (const name of Object.keys(cast) as (keyof typeof cast)[]) {
    if (!(await isSignedIn(cast[name]))) cast = { ...cast, [name]: await signInAgain(app, cast[name]) };
  }
}

async function isSignedIn(person: Person): Promise<boolean> {
  return person.call(routes.getMe).then(
    () => true,
    () => false,
  );
}

async function outcomeOverAct(name: RouteName, actor: Exclude<Actor, 'signedOut'>): Promise<Outcome> {
  const row = matrix[name] as Row<RouteName>;
  const scene = await aScene(row);
  const acting = ENDS_SESSIONS.has(name) ? await signInAgain(app, cast[actor]) : cast[actor];
  const owner = name === 'signOutSession' ? await signInAgain(app, scene.owner) : scene.owner;
  const socket = await acting.connect();
  const answer = await sendAct(socket, name, row.ask({ ...scene, owner }));
  socket.close();
  if (ENDS_SESSIONS.has(name)) await restoreSessions();
  return outcomeOf(answer.ok ? answer.reply : new Refused(0, answer.error), row, scene);
}

function outcomeOf(reply: unknown, row: Row<RouteName>, scene: Scene): Outcome {
  if (reply instanceof Refused) return reply.reply.code;
  if (reply instanceof Error) throw reply;
  return row.shows && !row.shows(reply, scene) ? 'nothing' : 'ok';
}

const names = Object.keys(routes) as RouteName[];

test('no route is without a row', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(names.toSorted());
});

describe.each(names)('%s', (name) => {
  test.each(ACTORS)('as %s over HTTP', async (actor) => {
    expect(await outcomeOverHttp(name, actor)).toBe(matrix[name].may[ACTORS.indexOf(actor)]);
  });
});

describe.each(names.filter((name) => routes[name].carriers === 'both'))('%s', (name) => {
  // By now the others are in more chats than one sync answers.
  beforeAll(async () => {
    if (name === 'getMe') cast = await aCast();
  });

  test.each(ACTORS.filter((actor) => actor !== 'signedOut'))('as %s over a socket', async (actor) => {
    expect(await outcomeOverAct(name, actor)).toBe(matrix[name].may[ACTORS.indexOf(actor)]);
  });
});
