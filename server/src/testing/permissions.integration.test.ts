import { chatRoutes } from '@dialog/shared/chats';
import type { Route } from '@dialog/shared/contract/routes';
import type { CallId, MessageId } from '@dialog/shared/contract/values';
import { callRoutes } from '@dialog/shared/calls';
import { peopleRoutes } from '@dialog/shared/people';
import { routes, type RouteName } from '@dialog/shared/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually, post } from './conversation.ts';
import { postFile } from './files.ts';
import { type GiphyStandIn, startGiphyStandIn } from './giphyStandIn.ts';
import { aGroup, anOnlyFolder, aUser, callRoute, Refused, sendAct, signInAgain, type Person } from './people.ts';
import { askFor, scheduleFor } from './permissions.kinds.ts';
import { anInviteAskedBy } from './permissions.groups.ts';
import { ACTORS, matrix, type Actor, type Outcome, type Row, type Scene } from './permissions.matrix.ts';
import { startTestApp, testServices, type TestApp } from './startTestApp.ts';

type Cast = Record<Exclude<Actor, 'signedOut'> | 'other' | 'bystander', Person>;

let app: TestApp;
let giphy: GiphyStandIn;
let cast: Cast;
beforeAll(async () => {
  giphy = await startGiphyStandIn();
  app = await startTestApp({ config: giphy.config });
  cast = await aCast();
  await eventuallyReadyForCalls(cast.owner);
});
afterAll(async () => {
  await app.stop();
  giphy.stop();
});

async function aCast(): Promise<Cast> {
  const [owner, member, former, stranger, blocked, other, bystander] = await Promise.all(
    Array.from({ length: 7 }, () => aUser(app)),
  );
  if (!owner || !member || !former || !stranger || !blocked || !other || !bystander) throw new Error('seven people');
  for (const blocker of [owner, member, other, bystander])
    await blocker.call(peopleRoutes.blockPerson, { params: { userId: blocked.user.id } });
  return { owner, member, former, stranger, blocked, other, bystander };
}

async function eventuallyReadyForCalls(owner: Person): Promise<void> {
  if (!testServices().livekit) throw new Error('the matrix needs TEST_LIVEKIT_…: run it with "npm test"');
  await eventually(async () => (await owner.call(callRoutes.getCallStatus)).status === 'ready', 10_000);
}

/** A group of its own for each question: what one actor did must not decide for the next. */
async function aScene({ inCall, onMessage, onInvite }: Row<RouteName>): Promise<Scene> {
  const { owner, member, former, other, bystander } = cast;
  const { chat } = await aGroup(owner, [member, former, other]);
  await owner.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: former.user.id } });
  const callId = newId<CallId>();
  if (inCall) await owner.call(callRoutes.startCall, { params: { chatId: chat.id }, body: { id: callId } });
  const messageId = newId<MessageId>();
  let position = 0;
  if (onMessage === 'file') await postFile(app, owner, { chatId: chat.id, id: messageId });
  else if (onMessage === 'scheduled') await scheduleFor(owner, { chatId: chat.id, messageId });
  else if (onMessage === 'poll') await askFor(owner, { chatId: chat.id, messageId });
  else if (onMessage) ({ position } = await post(owner, { chatId: chat.id, id: messageId, text: 'hello' }));
  const folderId = await anOnlyFolder(owner);
  const inviteCode = onInvite ? await anInviteAskedBy(owner, chat.id, bystander) : '';
  return { chatId: chat.id, callId, messageId, position, folderId, inviteCode, owner, member, other, bystander };
}

/** Ends of sessions and the like happen to a session of its own. */
const ENDS_SESSIONS: ReadonlySet<RouteName> = new Set(['signOut', 'signOutOthers', 'signOutSession']);

async function outcomeOverHttp(name: RouteName, actor: Actor): Promise<Outcome> {
  const row = matrix[name] as Row<RouteName>;
  const scene = await aScene(row);
  const spare = ENDS_SESSIONS.has(name);
  const owner = spare ? await signInAgain(app, scene.owner) : scene.owner;
  const acting = actor === 'signedOut' ? undefined : spare ? await signInAgain(app, cast[actor]) : cast[actor];
  if (acting) await confirmWhereDue(name, acting);
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

/** The rows are about who may: that it has to be confirmed has tests of its own. */
async function confirmWhereDue(name: RouteName, { call, password }: Person): Promise<void> {
  if (routes[name].access !== 'confirmed') return;
  await call(routes.confirmIdentity, { body: { proof: { kind: 'password', password } } });
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
  await confirmWhereDue(name, acting);
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

/** By now the others are in more chats than one sync answers. */
async function refreshCast(name: RouteName): Promise<void> {
  if (name === 'syncChats') cast = await aCast();
}

describe.each(names)('%s', (name) => {
  beforeAll(() => refreshCast(name));

  test.each(ACTORS)('as %s over HTTP', async (actor) => {
    expect(await outcomeOverHttp(name, actor)).toBe(matrix[name].may[ACTORS.indexOf(actor)]);
  });
});

describe.each(names.filter((name) => routes[name].carriers === 'both'))('%s', (name) => {
  beforeAll(() => refreshCast(name));

  test.each(ACTORS.filter((actor) => actor !== 'signedOut'))('as %s over a socket', async (actor) => {
    expect(await outcomeOverAct(name, actor)).toBe(matrix[name].may[ACTORS.indexOf(actor)]);
  });
});
