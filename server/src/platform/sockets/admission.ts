import type { IncomingMessage } from 'node:http';
import { Handshake } from '@dialog/shared/protocol';
import type { UserId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import { AppError } from '../appError.ts';
import { addressKey, type ProxyTrust } from '../http/clientAddress.ts';
import type { Authenticate } from '../http/callers.ts';
import { isFromElsewhere, type Origins } from '../http/origins.ts';
import { refuse } from '../http/refusal.ts';
import { cookieIn } from '../http/sessionToken.ts';
import type { Log } from '../log/log.ts';
import { ConnectedSocket, type DialogSocket, type EventLimit, type IoServer, type IoSocket } from './dialogSocket.ts';

export interface AdmissionDeps {
  readonly authenticate: Authenticate;
  readonly origins: Origins;
  readonly proxies: ProxyTrust;
  readonly eventLimit: EventLimit;
  readonly socketsPerUser: number;
  readonly socketsPerAddress: number;
  readonly log: Log;
}

/** A page asks whether the server is there every few seconds; who said nothing for so long may well be gone. */
const SILENT_MS = 30_000;

type Decide = (problem: string | null | undefined, isAllowed: boolean) => void;

interface Admission {
  /** Before the upgrade: origin and the number of connections of an address. */
  allowRequest(request: IncomingMessage, decide: Decide): void;
  /** After it: whose session this is, and the rooms. Rejects with what the client is told. */
  admit(socket: IoSocket): Promise<void>;
  onConnect(hear: (socket: DialogSocket) => Promise<void>): void;
  /** Lets go of the request behind the connection, its headers and its parser: kilobytes for each. */
  forgetHandshake(socket: IoSocket): void;
}

/** Connections before anyone signed in on them count too. */
export function createAdmission(deps: AdmissionDeps, io: IoServer): Admission {
  const perAddress = new Map<string, number>();
  const joiners: Array<(socket: DialogSocket) => Promise<void>> = [];

  function addressOf(request: IncomingMessage): string {
    const forwardedFor = request.headers['x-forwarded-for'];
    return deps.proxies.addressOf(
      request.socket.remoteAddress,
      Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
    );
  }

  function countConnection(request: IncomingMessage): boolean {
    const key = addressKey(addressOf(request));
    const count = perAddress.get(key) ?? 0;
    if (count >= deps.socketsPerAddress) return false;
    perAddress.set(key, count + 1);
    request.socket.once('close', () => {
      const left = (perAddress.get(key) ?? 1) - 1;
      if (left === 0) perAddress.delete(key);
      else perAddress.set(key, left);
    });
    return true;
  }

  async function callerOf(socket: IoSocket): Promise<ConnectedSocket> {
    const handshake = z.safeParse(Handshake, socket.handshake.auth);
    if (!handshake.success) throw new AppError('invalid-request', 'handshake');
    const { token } = handshake.data;
    // A cookie counts only from a page of ours (`allowRequest` let pages without an origin pass for bearers).
    const isOwnPage = socket.handshake.headers.origin !== undefined;
    const secret = token ?? (isOwnPage ? cookieIn(socket.handshake.headers) : undefined);
    const address = addressOf(socket.request);
    const caller = secret === undefined ? undefined : await deps.authenticate(secret, address);
    if (!caller) throw new AppError('not-signed-in');
    return new ConnectedSocket(socket, { caller, address, burst: deps.eventLimit.burst });
  }

  /**
   * A person's sockets are bounded. Where the network comes and goes, the dead ones among them are noticed late: the
   * most silent makes room before anyone alive is refused.
   */
  function makeRoom(userId: UserId): void {
    const ids = io.of('/').adapter.rooms.get(`user:${userId}`);
    if (!ids || ids.size < deps.socketsPerUser) return;
    const own = [...ids].flatMap((id) => io.of('/').sockets.get(id)?.data.own ?? []);
    if (own.length < deps.socketsPerUser) return;
    const mostSilent = own.reduce((silent, other) => (other.silentMs > silent.silentMs ? other : silent));
    if (mostSilent.silentMs < SILENT_MS)
      throw new AppError('rate-limited', 'sockets of one person', { retryAfterSeconds: 10 });
    mostSilent.close();
  }

  async function join(socket: IoSocket): Promise<void> {
    const own = await callerOf(socket);
    const { userId, sessionId } = own.caller;
    makeRoom(userId);
    socket.data.own = own;
    own.join(`user:${userId}`);
    own.join(`session:${sessionId}`);
    for (const hear of joiners) {
      // oxlint-disable-next-line no-await-in-loop -- features join in their order
      await hear(own);
    }
  }

  return {
    allowRequest(request, decide) {
      if (isFromElsewhere(request.headers, deps.origins, false)) decide('origin', false);
      else if (countConnection(request)) decide(null, true);
      else decide('too many connections', false);
    },
    async admit(socket) {
      try {
        await join(socket);
      } catch (error) {
        io.of('/').adapter.delAll(socket.id);
        const { reply } = refuse(error, { log: deps.log, requestId: socket.id, act: 'connect' });
        throw Object.assign(new Error(reply.code), { data: reply });
      }
    },
    onConnect: (hear) => void joiners.push(hear),
    forgetHandshake(socket) {
      const connection = socket.conn as { request: unknown };
      connection.request = null;
      const mutable = socket as { handshake: unknown };
      mutable.handshake = undefined;
    },
  };
}
