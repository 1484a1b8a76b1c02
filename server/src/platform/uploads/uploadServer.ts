import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { ErrorCode } from '@dialog/shared/contract/errors';
import { DataStore, ERRORS, Server, Upload, type Locker } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { AppError } from '../appError.ts';
import type { Callers } from '../http/callers.ts';
import type { Caller } from '../http/router.ts';

/** One caller's uploads. Everything asked about another's answers `attachment-not-found`. */
export interface Uploads {
  /** Answers the upload's id; the same again answers the same. */
  begin(asked: {
    readonly size: number;
    readonly metadata: Readonly<Record<string, string | null>>;
  }): Promise<{ readonly id: string; readonly received: number }>;
  find(id: string): Promise<{ readonly received: number; readonly size: number; readonly createdAt: Date }>;
  /** Answers what is durable then, also when the stream breaks off. */
  append(id: string, received: number, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** All is there. */
  finish(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

interface UploadServerDeps {
  readonly http: FastifyInstance;
  readonly path: `/${string}`;
  readonly callers: Callers;
  /** Counts one request of this person. */
  readonly count: (caller: Caller) => Promise<unknown>;
  readonly uploadsOf: (caller: Caller) => Uploads;
  readonly locker: Locker;
  readonly expiresMs: number;
}

/** A body from which nothing has come for so long is taken for cut off. */
const STALLED_MS = 30_000;
/** A request that lost its upload to a newer one ends what it is at. */
const DRAIN_MS = 200;

/** Resumable uploads by the tus protocol, with the same callers, origins and errors as every other act. */
export function serveUploads({ http, path, ...deps }: UploadServerDeps): void {
  // In a scope of its own: only here a body stays a stream.
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.route({
      method: ['POST', 'HEAD', 'PATCH', 'DELETE'],
      url: `${path}/*`,
      config: { hasLongBody: true },
      handler: (request, reply) => handle(request, reply),
    });
    scope.post(path, { config: { hasLongBody: true } }, (request, reply) => handle(request, reply));
  });

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = await deps.callers.signedIn(request);
    await deps.count(caller);
    request.raw.setTimeout(STALLED_MS, () => request.raw.destroy());
    request.raw.once('end', () => request.raw.setTimeout(0));
    const { response, failure } = await answerTo(toWebRequest(request), {
      path,
      store: new UploadStore(deps.uploadsOf(caller), deps.expiresMs),
      locker: deps.locker,
    });
    if (!request.raw.complete) void reply.header('connection', 'close');
    if (failure !== undefined || response.status >= 400) throw toAppError(failure, response.status);
    for (const [name, value] of response.headers) {
      if (!name.startsWith('access-control-')) void reply.header(name, value);
    }
    return reply.code(response.status).header('cache-control', 'no-store').send();
  }
}

interface Answering {
  readonly path: string;
  readonly store: UploadStore;
  readonly locker: Locker;
}

/** A server for each request costs microseconds, and knows who asks. */
async function answerTo(
  request: Request,
  { path, store, locker }: Answering,
): Promise<{ response: Response; failure: unknown }> {
  let failure: unknown;
  const server = new Server({
    path,
    datastore: store,
    locker,
    relativeLocation: true,
    allowedOrigins: () => false,
    lockDrainTimeout: DRAIN_MS,
    namingFunction: (asked, metadata) => store.begin(Number(asked.headers.get('upload-length')), metadata ?? {}),
    // Before the lock: a stranger must not take an upload out of its owner's hands.
    onIncomingRequest: async ({ method }, id) => {
      if (method !== 'POST') await store.getUpload(id);
    },
    onUploadFinish: async (_request, { id }) => {
      await store.finish(id);
      return {};
    },
    onResponseError: (_request, error) => {
      failure = error;
      return undefined;
    },
  });
  return { response: await server.handleWeb(request), failure };
}

function toWebRequest({ raw }: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw.headers)) if (typeof value === 'string') headers.set(name, value);
  const method = raw.method ?? 'HEAD';
  const hasBody = method === 'PATCH' || method === 'POST';
  return new Request(`http://uploads${raw.url ?? '/'}`, {
    method,
    headers,
    ...(hasBody ? { body: toWebStream(raw), duplex: 'half' } : {}),
  });
}

/** `Readable.toWeb` copies every byte on its way, half of what an upload costs. */
function toWebStream(source: Readable): ReadableStream<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]() as AsyncIterator<Buffer<ArrayBuffer>>;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** tus throws plain objects with a status and a sentence; a failure that was thrown on purpose has its own name. */
const TusFailure = z.object({ status_code: z.int(), body: z.string() });

const CODES: Readonly<Record<number, ErrorCode>> = {
  404: 'attachment-not-found',
  409: 'upload-moved',
  410: 'attachment-not-found',
  413: 'file-too-large',
};

function toAppError(failure: unknown, status: number): unknown {
  if (failure instanceof Error) return failure;
  const { data } = z.safeParse(TusFailure, failure);
  if (data?.body === ERRORS.ABORTED.body) return new AppError('upload-busy', 'given up for a newer request');
  return new AppError(CODES[data?.status_code ?? status] ?? 'invalid-request', data?.body.trim() ?? 'no tus');
}

/** What tus asks of a store, from one caller's uploads. */
class UploadStore extends DataStore {
  readonly #uploads: Uploads;
  readonly #expiresMs: number;
  readonly #begun = new Map<string, number>();
  override extensions = ['creation', 'termination', 'expiration'];

  constructor(uploads: Uploads, expiresMs: number) {
    super();
    this.#uploads = uploads;
    this.#expiresMs = expiresMs;
  }

  async begin(size: number, metadata: Readonly<Record<string, string | null>>): Promise<string> {
    const { id, received } = await this.#uploads.begin({ size, metadata });
    this.#begun.set(id, received);
    return id;
  }

  finish(id: string): Promise<void> {
    return this.#uploads.finish(id);
  }

  /** `begin` has done it; tus wants to hear it again. */
  override async create(upload: Upload): Promise<Upload> {
    upload.offset = this.#begun.get(upload.id) ?? 0;
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const { received, size, createdAt } = await this.#uploads.find(id);
    return new Upload({ id, size, offset: received, creation_date: createdAt.toISOString() });
  }

  override write(stream: Readable, id: string, offset: number): Promise<number> {
    return this.#uploads.append(id, offset, stream);
  }

  override remove(id: string): Promise<void> {
    return this.#uploads.remove(id);
  }

  override getExpiration(): number {
    return this.#expiresMs;
  }
}
