import type { ErrorCode } from '@dialog/shared/contract/errors';
import { ErrorReply } from '@dialog/shared/contract/errorReply';
import { nameOfRoute, type Route, type RouteReply, type RouteRequest } from '@dialog/shared/contract/routes';
import type { Act } from '@dialog/shared/protocol';
import * as z from 'zod/mini';
import { urlOf } from './apiUrl.ts';

/** `offline`: the server was not reached. `timeout`: it was, or may have been, but did not answer in time. */
export type ApiErrorCode = ErrorCode | 'offline' | 'timeout';

interface ApiErrorOptions extends ErrorOptions {
  readonly retryAfterSeconds?: number | undefined;
  readonly requestId?: string | undefined;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** With `rate-limited` and `busy`: when a retry can succeed. */
  readonly retryAfterSeconds: number | undefined;
  /** Names this failure in the server's log. */
  readonly requestId: string | undefined;

  constructor(code: ApiErrorCode, options?: ApiErrorOptions) {
    super(code, options);
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.requestId = options?.requestId;
  }
}

export interface CallOptions {
  /** Rejects with the signal's reason. The act may have happened. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** Calls one contract route. Resolves with a checked reply or rejects with an ApiError. */
export type Call = <const R extends Route>(
  route: R,
  input: RouteRequest<R>,
  options?: CallOptions,
) => Promise<RouteReply<R>>;

/** The part of the socket that carries acts. */
export interface ActCarrier {
  isConnected(): boolean;
  /** Rejects with ApiError `offline` or `timeout`. */
  act(act: Act, timeoutMs: number): Promise<unknown>;
}

interface CallDeps {
  /** Absent before there is a session: everything goes over HTTP. */
  readonly socket?: ActCarrier;
  /** Hears that the session is over, whichever call met it. */
  readonly onSignedOut?: () => void;
  /** Asks the person to show that it is them; the act is then done after all. False: they would not. */
  readonly confirm?: () => Promise<boolean>;
  readonly fetch?: typeof fetch;
}

const DEFAULT_TIMEOUT_MS = 10_000;

interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Takes the socket when it is up and HTTP when it is not; one failure is never tried again on the other by itself. */
export function createCall(deps: CallDeps): Call {
  const { socket, onSignedOut, confirm, fetch: send = (...request) => fetch(...request) } = deps;
  return async (route, input, options) => {
    try {
      return checked(route, await carryConfirmed(route, input, options ?? {}));
    } catch (failure) {
      if (failure instanceof ApiError && failure.code === 'not-signed-in') onSignedOut?.();
      throw failure;
    }
  };

  /** Once more after the person has shown who they are, so that no caller needs to know that it may be asked for. */
  async function carryConfirmed(route: Route, input: Parts, options: CallOptions): Promise<unknown> {
    try {
      return await carry(route, input, options);
    } catch (failure) {
      const isNeeded = failure instanceof ApiError && failure.code === 'confirmation-needed';
      if (!isNeeded || !(await confirm?.())) throw failure;
      options.signal?.throwIfAborted();
      return carry(route, input, options);
    }
  }

  function carry(route: Route, input: Parts, options: CallOptions): Promise<unknown> {
    const timed = { timeoutMs: DEFAULT_TIMEOUT_MS, ...options };
    const name = nameOfRoute(route);
    if (!socket?.isConnected() || name === undefined || route.carriers === 'http' || isTooLongForFrame(input)) {
      return overHttp(route, input, timed);
    }
    return untilAborted(overSocket(socket, { route: name, input }, timed.timeoutMs), options.signal);
  }

  async function overHttp(
    route: Route,
    { params, query, body }: Parts,
    { signal, timeoutMs }: CallOptions & { timeoutMs: number },
  ): Promise<unknown> {
    const outOfTime = AbortSignal.timeout(timeoutMs);
    try {
      const response = await send(urlOf(route.path, params, query), {
        method: route.method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, outOfTime]) : outOfTime,
      });
      if (!response.ok) throw await refusalOf(response);
      return await response.json();
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      if (signal?.aborted) throw signal.reason;
      throw new ApiError(outOfTime.aborted ? 'timeout' : 'offline', { cause });
    }
  }
}

/** The server ends a connection that sends a frame over 64 kB; no character takes more than 4 bytes. */
const FRAME_CHARACTERS_MAX = 15_000;

function isTooLongForFrame(input: Parts): boolean {
  return JSON.stringify(input).length > FRAME_CHARACTERS_MAX;
}

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), reply: z.unknown() }),
  z.object({ ok: z.literal(false), error: ErrorReply }),
]);

async function overSocket(socket: ActCarrier, act: Act, timeoutMs: number): Promise<unknown> {
  const answer = z.safeParse(Answer, await socket.act(act, timeoutMs));
  if (!answer.success) throw new ApiError('internal', { cause: answer.error });
  if (answer.data.ok) return answer.data.reply;
  throw new ApiError(answer.data.error.code, answer.data.error);
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const known = z.safeParse(ErrorReply, body);
  if (known.success) return new ApiError(known.data.code, known.data);
  // Not our words: a proxy in front of a server that is away, or something on the way that is not ours.
  return new ApiError(response.status >= 500 ? 'offline' : 'internal');
}

function checked<R extends Route>(route: R, reply: unknown): RouteReply<R> {
  const parsed = z.safeParse(route.reply, reply);
  if (!parsed.success) throw new ApiError('internal', { cause: parsed.error });
  // The schema that was just passed is the one the type is read from.
  return parsed.data as RouteReply<R>;
}
