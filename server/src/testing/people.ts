import { randomBytes } from 'node:crypto';
import { authRoutes } from '@dialog/shared/auth';
import type { SignedIn } from '@dialog/shared/auth.values';
import { chatRoutes, type ChatSummary } from '@dialog/shared/chats';
import type { Route, RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import type { ErrorReply } from '@dialog/shared/contract/errorReply';
import type { ChatId, FolderId, SessionId } from '@dialog/shared/contract/values';
import {
  PROTOCOL_VERSION,
  routes,
  type ActAnswer,
  type ClientToServerEvents,
  type ServerToClientEvents,
} from '@dialog/shared/protocol';
import type { User } from '@dialog/shared/users';
import { io, type Socket } from 'socket.io-client';
import * as z from 'zod';
import { strictSchema } from '../platform/http/strictSchema.ts';
import { newId } from '../platform/ids.ts';
import type { TestNode } from './startTestApp.ts';

export type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Somebody signed in, as a bot would be: by bearer token. */
export interface Person {
  readonly user: User;
  readonly userName: string;
  readonly password: string;
  readonly sessionId: SessionId;
  readonly token: string;
  /** Of who just signed up. */
  readonly recoveryCodes: readonly string[];
  /** Over HTTP. Rejects with `Refused`. */
  call<R extends Route>(route: R, request?: RouteRequest<R>, node?: TestNode): Promise<RouteReply<R>>;
  /** A connected socket; close it with `close()`. */
  connect(node?: TestNode): Promise<ClientSocket>;
}

/** What the server answered instead. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly reply: ErrorReply;

  constructor(status: number, reply: ErrorReply) {
    super(reply.code);
    this.status = status;
    this.reply = reply;
  }
}

interface CallOptions<R extends Route> {
  readonly url: string;
  readonly route: R;
  readonly request?: RouteRequest<R> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A contract route over HTTP. */
export async function callRoute<R extends Route>({
  url,
  route,
  request,
  headers = {},
}: CallOptions<R>): Promise<RouteReply<R>> {
  const response = await fetchRoute({ url, route, request, headers });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refused(response.status, answer as ErrorReply);
  return declared(route, answer);
}

/** The same, with the response itself. */
export function fetchRoute<R extends Route>({ url, route, request, headers = {} }: CallOptions<R>): Promise<Response> {
  const {
    params = {},
    query,
    body,
  } = (request ?? {}) as { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };
  const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  return fetch(`${url}/api${path}${search}`, {
    method: route.method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Signs somebody up whom nobody knows yet. */
export async function aUser(
  node: TestNode,
  wanted: { readonly userName?: string; readonly displayName?: string; readonly password?: string } = {},
): Promise<Person> {
  const userName = wanted.userName ?? `user_${randomBytes(6).toString('hex')}`;
  const password = wanted.password ?? `${randomBytes(9).toString('base64url')} horses`;
  const body = { userName, displayName: wanted.displayName ?? userName, password, keep: 'bearer' } as const;
  const signedIn = await callRoute({ url: node.url, route: authRoutes.signUp, request: { body } });
  return personOf(node, { ...signedIn, userName, password });
}

/** Another session of somebody. */
export async function signInAgain(
  node: TestNode,
  { userName, password }: Pick<Person, 'userName' | 'password'>,
): Promise<Person> {
  const body = { userName, password, keep: 'bearer' } as const;
  const signedIn = await callRoute({ url: node.url, route: authRoutes.signIn, request: { body } });
  if (signedIn.kind !== 'signed-in') throw new Error('a second step is asked for');
  return personOf(node, { ...signedIn, userName, password });
}

/** Somebody as they are after signing in, by whatever way. */
export function personOf(
  home: TestNode,
  signedIn: z.output<typeof SignedIn> & Pick<Person, 'userName' | 'password'> & Partial<Pick<Person, 'recoveryCodes'>>,
): Person {
  const { user, sessionId, userName, password, token = '', recoveryCodes = [] } = signedIn;
  return {
    user,
    userName,
    password,
    sessionId,
    token,
    recoveryCodes,
    call: (route, request, node = home) =>
      callRoute({ url: node.url, route, request, headers: { authorization: `Bearer ${token}` } }),
    connect: (node = home) => connectSocket(node, token),
  };
}

/** Rejects with the refusal's code as message. */
export function connectSocket(
  node: TestNode,
  token: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<ClientSocket> {
  const socket: ClientSocket = io(node.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { ...headers },
    auth: { protocol: PROTOCOL_VERSION, ...(token === undefined ? {} : { token }) },
  });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
}

/** A contract route over the socket's `act`. Rejects with `Refused`. */
export async function act<R extends Route>(
  socket: ClientSocket,
  route: R,
  request?: RouteRequest<R>,
): Promise<RouteReply<R>> {
  const answer = await sendAct(socket, nameOf(route), request ?? {});
  if (!answer.ok) throw new Refused(0, answer.error);
  return declared(route, answer.reply);
}

/** Every test is also one of this: nothing leaves that the contract does not name. */
function declared<R extends Route>(route: R, reply: unknown): RouteReply<R> {
  const checked = z.safeParse(strictSchema(route.reply), reply);
  if (!checked.success)
    throw new Error(`${route.path} answered what it does not declare: ${z.prettifyError(checked.error)}`);
  return reply as RouteReply<R>;
}

/** An `act` as anyone could send it, well-formed or not. */
export function sendAct(socket: ClientSocket, route: string, input: unknown): Promise<ActAnswer> {
  return socket.timeout(10_000).emitWithAck('act', { route, input: input as never });
}

/** The next such event, within five seconds. */
export function nextEvent<N extends keyof ServerToClientEvents>(
  socket: ClientSocket,
  event: N,
  isIt: (payload: Parameters<ServerToClientEvents[N]>[0]) => boolean = () => true,
): Promise<Parameters<ServerToClientEvents[N]>[0]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.off(event, hear as never);
      reject(new Error(`no ${event} came`));
    }, 5_000);
    function hear(payload: Parameters<ServerToClientEvents[N]>[0]): void {
      if (!isIt(payload)) return;
      clearTimeout(timer);
      socket.off(event, hear as never);
      resolve(payload);
    }
    socket.on(event, hear as never);
  });
}

/** A group of these people, the first of them its owner. */
export function aGroup(owner: Person, members: readonly Person[] = [], title = 'A group'): Promise<ChatSummary> {
  const memberIds = members.map((member) => member.user.id);
  return owner.call(chatRoutes.createGroup, { body: { id: newId<ChatId>(), title, memberIds } });
}

/** An empty folder, instead of those they had: there may be no more than twenty. */
export async function anOnlyFolder(owner: Person): Promise<FolderId> {
  const { changes } = await owner.call(routes.syncChats, { body: { since: 0, known: [] } });
  for (const { id } of changes.folders ?? []) await owner.call(routes.removeFolder, { params: { folderId: id } });
  const folderId = newId<FolderId>();
  await owner.call(routes.createFolder, { body: { id: folderId, name: 'Family', chatIds: [] } });
  return folderId;
}

function nameOf(route: Route): string {
  const found = Object.entries(routes).find(([, known]) => known === route);
  if (!found) throw new Error('no route of the contract');
  return found[0];
}
