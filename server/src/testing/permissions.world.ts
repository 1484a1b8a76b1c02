import { chatRoutes } from '@dialog/shared/chats';
import { callRoutes } from '@dialog/shared/calls';
import type { CallId, MessageId } from '@dialog/shared/contract/values';
import { peopleRoutes } from '@dialog/shared/people';
import { routes, type RouteName } from '@dialog/shared/protocol';
import { newId } from '../platform/ids.ts';
import { eventually, post } from './conversation.ts';
import { postFile } from './files.ts';
import { startGiphyStandIn } from './giphyStandIn.ts';
import { aGroup, anOnlyFolder, aUser, Refused, signInAgain, type Person } from './people.ts';
import { anInviteAskedBy } from './permissions.groups.ts';
import { askFor, scheduleFor } from './permissions.kinds.ts';
import { matrix, type Actor, type Outcome, type Row, type Scene } from './permissions.matrix.ts';
import { startTestApp, testServices, type TestApp } from './startTestApp.ts';

type Cast = Record<Exclude<Actor, 'signedOut'> | 'other' | 'bystander', Person>;

/** Ends of sessions and the like happen to a session of its own. */
const ENDS_SESSIONS: ReadonlySet<RouteName> = new Set(['signOut', 'signOutOthers', 'signOutSession']);

export const ROUTE_NAMES = Object.keys(routes) as RouteName[];

/** What an actor asks a route with. `acting`: undefined for somebody signed out. */
interface Asking {
  readonly app: TestApp;
  readonly acting: Person | undefined;
  readonly request: object;
}

export type PermissionWorld = Awaited<ReturnType<typeof startPermissionWorld>>;

/** A server with the people of the permission matrix. */
export async function startPermissionWorld() {
  const giphy = await startGiphyStandIn();
  const app = await startTestApp({ config: giphy.config });
  let cast = await aCast(app);
  await eventuallyReadyForCalls(cast.owner);

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

  /** "Sign out others" ended the sessions the other rows act with. */
  async function restoreSessions(): Promise<void> {
    for (const name of Object.keys(cast) as (keyof typeof cast)[]) {
      if (!(await isSignedIn(cast[name]))) cast[name] = await signInAgain(app, cast[name]);
    }
  }

  return {
    /** How `ask`, which carries the request by HTTP or by a socket, ends for this actor. It may answer with an error. */
    async outcomeFor(name: RouteName, actor: Actor, ask: (asking: Asking) => Promise<unknown>): Promise<Outcome> {
      const row = matrix[name] as Row<RouteName>;
      const scene = await aScene(row);
      const spare = ENDS_SESSIONS.has(name);
      const owner = spare ? await signInAgain(app, scene.owner) : scene.owner;
      const acting = actor === 'signedOut' ? undefined : spare ? await signInAgain(app, cast[actor]) : cast[actor];
      if (acting) await confirmWhereDue(name, acting);
      const reply = await ask({ app, acting, request: row.ask({ ...scene, owner }) });
      if (spare) await restoreSessions();
      return outcomeOf(reply, row, scene);
    },
    /** By now the others are in more chats than one sync answers. */
    async refreshCast(name: RouteName): Promise<void> {
      if (name === 'syncChats') cast = await aCast(app);
    },
    async stop(): Promise<void> {
      await app.stop();
      giphy.stop();
    },
  };
}

async function aCast(app: TestApp): Promise<Cast> {
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

function outcomeOf(reply: unknown, row: Row<RouteName>, scene: Scene): Outcome {
  if (reply instanceof Refused) return reply.reply.code;
  if (reply instanceof Error) throw reply;
  return row.shows && !row.shows(reply, scene) ? 'nothing' : 'ok';
}
