import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Database } from '../platform/database.ts';
import type { MediaServer } from '../platform/livekit/livekit.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
import type { Call, CallRepository } from './calls.repository.ts';
import { type GateRequest, readGateUrl } from './gate.urls.ts';
import { parseIdentity } from './identity.ts';

const MEDIA_TIMEOUT_MS = 5_000;
/** When the media server has surely seen whom we let through. */
const SEEN_AFTER_MS = 300;
/** All that the media server needs to know of a browser; its cookie is ours alone. */
const FORWARDED_HEADERS = [
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'user-agent',
];

/**
 * The words are ours: the media server's own would echo the token. livekit-client reads two things from them: 401 and
 * 403 end its attempts, and so does a 404 with "requested room does not exist" (any other 404 makes it try old paths).
 */
const REFUSALS = {
  refused: { status: 403, reason: 'Forbidden', text: 'not in this call' },
  noRoom: { status: 404, reason: 'Not Found', text: 'requested room does not exist' },
  unavailable: { status: 503, reason: 'Service Unavailable', text: 'the media server is not there' },
} as const;
type Refusal = (typeof REFUSALS)[keyof typeof REFUSALS];

interface Admitted {
  readonly call: Call;
  readonly server: MediaServer;
  readonly request: GateRequest;
}
type Decision = Admitted | { readonly refusal: Refusal };

export interface GateDeps {
  readonly db: Database;
  readonly calls: CallRepository;
  readonly pool: MediaPool;
  /** Exact origins from which pages may connect; whoever sends none is not a page. */
  readonly isAllowedOrigin: (origin: string) => boolean;
  /** Someone went in or out: the call's people are worth a look. */
  readonly stir: (call: Call) => void;
  readonly onError: (error: unknown) => void;
}

export type CallGate = ReturnType<typeof createCallGate>;

/**
 * The only way to the media server's signalling. A token alone opens nothing: at each connect and each resume the
 * database says whether this person, by a session that lives, may be in this call now. When in doubt it stays shut.
 */
export function createCallGate({ db, calls, pool, isAllowedOrigin, stir, onError }: GateDeps) {
  const open = new Set<Duplex>();

  async function decide(incoming: IncomingMessage, kind: GateRequest['kind']): Promise<Decision> {
    const { origin, authorization } = incoming.headers;
    if (origin !== undefined && !isAllowedOrigin(origin)) return { refusal: REFUSALS.refused };
    const request = readGateUrl(incoming.url ?? '', authorization);
    if (request?.kind !== kind) return { refusal: REFUSALS.refused };
    try {
      const server = pool.servers.find(({ name }) => name === request.server);
      const call = server && (await admit(request, server));
      return call ? { call, server, request } : { refusal: REFUSALS.refused };
    } catch (error) {
      onError(error);
      return { refusal: REFUSALS.unavailable };
    }
  }

  /** The call that this token and the database, both, let its bearer into, on this server. */
  async function admit({ token, kind }: GateRequest, server: MediaServer): Promise<Call | null> {
    const admission = await server.verifyToken(token);
    const device = admission && parseIdentity(admission.identity);
    const call = admission && device && (await calls.findAllowed(db, admission.room, device));
    if (!call || pool.find(call.mediaServer) !== server) return null;
    if (kind === 'signal') await calls.arrive(db, { ...device, callId: call.id });
    return call;
  }

  function ask({ server, request }: Admitted, headers: Record<string, string>): ClientRequest {
    const send = server.url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(new URL(request.target, server.url), {
      // The media server reads this before the address: it hears the very token that was looked at here.
      headers: { ...headers, authorization: `Bearer ${request.token}` },
      timeout: MEDIA_TIMEOUT_MS,
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('the media server is silent')));
    return outgoing.end();
  }

  function connect(socket: Duplex, incoming: IncomingMessage, admitted: Admitted): void {
    const { call } = admitted;
    const outgoing = ask(admitted, forwarded(incoming));
    socket.on('close', () => outgoing.destroy());
    outgoing.on('error', (error) => refuse(socket, refusalAfter(error)));
    outgoing.on('response', (answer) => {
      answer.resume();
      refuse(socket, refusalOf(answer.statusCode));
    });
    outgoing.on('upgrade', (answer, upstream, head) => {
      upstream.setTimeout(0);
      join(socket, upstream);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(answer)}\r\n\r\n`);
      if (head.length > 0) socket.write(head);
      setTimeout(() => stir(call), SEEN_AFTER_MS).unref();
      socket.on('close', () => stir(call));
    });
  }

  function join(socket: Duplex, upstream: Duplex): void {
    open.add(socket);
    upstream.on('error', () => socket.destroy());
    upstream.on('close', () => socket.destroy());
    socket.on('close', () => {
      open.delete(socket);
      upstream.destroy();
    });
    socket.pipe(upstream);
    upstream.pipe(socket);
  }

  return {
    /** For upgrades below MEDIA_PATH. Never throws; the socket is answered or destroyed. */
    async upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
      socket.on('error', () => socket.destroy());
      if (head.length > 0) socket.unshift(head);
      const decision = await decide(incoming, 'signal');
      if (socket.destroyed) return;
      if ('refusal' in decision) refuse(socket, decision.refusal);
      else connect(socket, incoming, decision);
    },

    /** livekit-client's question why a connect failed. */
    async validate(incoming: IncomingMessage): Promise<{ readonly status: number; readonly text: string }> {
      const decision = await decide(incoming, 'validate');
      if ('refusal' in decision) return decision.refusal;
      return new Promise((resolve) => {
        const outgoing = ask(decision, {});
        outgoing.on('error', (error) => resolve(refusalAfter(error)));
        outgoing.on('response', (answer) => {
          answer.resume();
          resolve(answer.statusCode === 200 ? { status: 200, text: 'success' } : refusalOf(answer.statusCode));
        });
      });
    },

    close(): void {
      for (const socket of open) socket.destroy();
    },
  };
}

/** Where nobody listens any more there is no room to resume: whoever hears so at once comes back by a fresh admission. */
function refusalAfter(error: NodeJS.ErrnoException): Refusal {
  return error.code === 'ECONNREFUSED' ? REFUSALS.noRoom : REFUSALS.unavailable;
}

function refusalOf(status: number | undefined): Refusal {
  if (status === 404) return REFUSALS.noRoom;
  return status === 401 || status === 403 ? REFUSALS.refused : REFUSALS.unavailable;
}

function refuse(socket: Duplex, { status, reason, text }: Refusal): void {
  if (socket.destroyed) return;
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`,
  );
}

function forwarded({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    FORWARDED_HEADERS.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function headerLines({ rawHeaders }: IncomingMessage): string {
  const lines: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2)
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  return lines.join('\r\n');
}
