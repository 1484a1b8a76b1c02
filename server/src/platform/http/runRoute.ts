import { type Limit, LIMITS, type LimitName } from '@dialog/shared/contract/limits';
import type { Route } from '@dialog/shared/contract/routes';
import type { SessionId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import { AppError } from '../appError.ts';
import type { GiveBack, Limiter } from '../limits/limiter.ts';
import { addressKey } from './clientAddress.ts';
import type { Caller, Endpoint, RequestContext } from './router.ts';
import { hasForbiddenKey, strictSchema } from './strictSchema.ts';

/** One act as a carrier brings it, nothing checked yet. */
export interface ActRequest {
  readonly parts: { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown };
  readonly caller: Caller | undefined;
  readonly context: RequestContext;
}

export type RunRoute = (endpoint: Endpoint, request: ActRequest) => Promise<unknown>;

interface RunRouteDeps {
  readonly limiter: Pick<Limiter, 'take'>;
  /** Whether this account signed in from this address before: strangers must not use up the owner's tries. */
  readonly isKnownAddress: (account: string, address: string) => Promise<boolean>;
  /** Whether this session proved its person a short while ago; asked afresh each time, whatever a socket once knew. */
  readonly isConfirmed: (sessionId: SessionId) => Promise<boolean>;
}

type Part = 'params' | 'query' | 'body';
const PARTS = ['params', 'query', 'body'] as const satisfies readonly Part[];

/**
 * The one way of every act, whichever carrier brought it: signed in? → limits → lately confirmed, where that is due? →
 * what comes in is checked → the handler (which checks rights) → what goes out is checked, so that nothing undeclared leaves.
 */
export function createRunRoute({ limiter, isKnownAddress, isConfirmed }: RunRouteDeps): RunRoute {
  const strictSchemas = new Map<Route, Readonly<Partial<Record<Part, z.core.$ZodType>>>>();

  function schemasOf(route: Route) {
    const known = strictSchemas.get(route);
    if (known) return known;
    const schemas = Object.fromEntries(
      PARTS.flatMap((part) => (route[part] ? [[part, strictSchema(route[part])]] : [])),
    );
    strictSchemas.set(route, schemas);
    return schemas;
  }

  /** Taken before and given back after, not counted afterwards: acts at the same time cannot overrun the limit. */
  async function withinLimits<T>(route: Route, request: ActRequest, act: () => Promise<T>): Promise<T> {
    const gifts: GiveBack[] = [];
    try {
      for (const name of route.limits) {
        // oxlint-disable-next-line no-await-in-loop -- the second bucket is touched only when the first has room
        const giveBack = await limiter.take(name, await keyFor(name, request));
        const { countsDoneOnly }: Limit = LIMITS[name];
        if (countsDoneOnly) gifts.push(giveBack);
      }
      return await act();
    } catch (error) {
      // Any other failure may have come after the deed.
      if (error instanceof AppError) await Promise.all(gifts.map((giveBack) => giveBack()));
      throw error;
    }
  }

  async function keyFor(name: LimitName, { caller, context, parts }: ActRequest): Promise<string> {
    const { by } = LIMITS[name];
    if (by === 'user' && caller) return caller.userId;
    const address = addressKey(context.address);
    if (by !== 'account') return address;
    const account = accountNamedIn(parts.body);
    return (await isKnownAddress(account, context.address)) ? `${account} at ${address}` : account;
  }

  return async ({ route, handle }, request) => {
    const { caller } = request;
    if (route.access !== 'public' && !caller) throw new AppError('not-signed-in');
    const reply = await withinLimits(route, request, async () => {
      if (route.access === 'confirmed' && !(caller && (await isConfirmed(caller.sessionId))))
        throw new AppError('confirmation-needed');
      const input = readInput(schemasOf(route), request.parts);
      return handle(input as never, request.caller as never, request.context);
    });
    const checked = z.safeParse(route.reply, reply);
    if (!checked.success)
      throw new Error(`${route.method} ${route.path} answered something else than it declares`, {
        cause: checked.error,
      });
    return checked.data;
  };
}

function readInput(
  schemas: Readonly<Partial<Record<Part, z.core.$ZodType>>>,
  parts: ActRequest['parts'],
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const part of PARTS) {
    const given = parts[part];
    if (hasForbiddenKey(given)) throw new AppError('invalid-request', `${part} names a forbidden key`);
    const schema = schemas[part];
    if (schema) input[part] = checkedPart(schema, given, part);
    else if (!isNothing(given)) throw new AppError('invalid-request', `${part} is not expected`);
  }
  return input;
}

function checkedPart(schema: z.core.$ZodType, given: unknown, part: Part): unknown {
  const checked = z.safeParse(schema, given ?? {});
  if (checked.success) return checked.data;
  // Paths and kinds of fault only: the value may be somebody's words.
  const because = checked.error.issues.map((issue) => `${[part, ...issue.path].join('.')}: ${issue.code}`).join('; ');
  throw new AppError('invalid-request', because);
}

function isNothing(given: unknown): boolean {
  return (
    given === undefined ||
    given === null ||
    (typeof given === 'object' && !Array.isArray(given) && Object.keys(given).length === 0)
  );
}

function accountNamedIn(body: unknown): string {
  const name = typeof body === 'object' && body !== null && 'userName' in body ? body.userName : undefined;
  return typeof name === 'string' ? name.trim().toLowerCase().slice(0, 254) : '';
}
