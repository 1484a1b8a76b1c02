import { Readable } from 'node:stream';
import { FileVariant } from '@dialog/shared/attachments';
import { AttachmentId } from '@dialog/shared/contract/values';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AppError } from '../platform/appError.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import type { Callers } from '../platform/http/callers.ts';
import { createAtOnce } from '../platform/limits/atOnce.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import type { AttachmentService, ServedFile } from './attachments.service.ts';
import { rangeOf } from './byteRanges.ts';
import { servedType, UNKNOWN_TYPE } from './contentTypes.ts';
import { contentDisposition } from './fileNames.ts';

interface Deps {
  readonly http: FastifyInstance;
  readonly callers: Callers;
  readonly limiter: Limiter;
  readonly files: SealedFiles;
  readonly attachments: Pick<AttachmentService, 'openFile'>;
}

const Params = z.object({ attachmentId: AttachmentId, variant: FileVariant });

/** Who does not read on for so long is cut off, and asks for the rest with a Range. */
const STUCK_MS = 120_000;
/** Each holds a few chunks in memory. */
const AT_ONCE = { perKey: 100, inAll: 2_000 };
/** While a file goes out, whether it still may is asked this often. */
const ASK_AGAIN_MS = 1_000;

/** Whatever is in it, it cannot run, load, or be framed (SECURITY 13). What an id names never changes. */
const HEADERS = {
  'accept-ranges': 'bytes',
  'cache-control': 'private, max-age=31536000, immutable',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  vary: 'cookie, authorization',
} as const;

/** Files by plain GET and HEAD, with Range: who asks may see it at this moment, each time. */
export function serveFiles({ http, callers, limiter, files, attachments }: Deps): void {
  const atOnce = createAtOnce(AT_ONCE);

  http.route({
    method: ['GET', 'HEAD'],
    url: '/api/files/:attachmentId/:variant',
    handler: (request, reply) => serve(request, reply),
  });

  async function serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = await callers.signedIn(request);
    await limiter.take('file', caller.userId);
    const params = z.safeParse(Params, request.params);
    if (!params.success) throw new AppError('attachment-not-found');
    const { attachmentId, variant } = params.data;
    const served = await attachments.openFile(caller, attachmentId, variant);
    const etag = `"${attachmentId}-${variant}"`;
    void reply.headers({ ...HEADERS, etag, ...describing(served, isDownload(request)) });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    reply.raw.once('close', atOnce.begin(caller.userId));
    reply.raw.setTimeout(STUCK_MS, () => reply.raw.destroy());
    const mayStill = async () => {
      await callers.signedIn(request);
      await attachments.openFile(caller, attachmentId, variant);
    };
    return send(request, reply, { served, etag, mayStill });
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { served: { file }, etag, mayStill }: { served: ServedFile; etag: string; mayStill: () => Promise<void> },
  ): FastifyReply {
    const ifRange = request.headers['if-range'];
    const isWhole = ifRange !== undefined && ifRange !== etag;
    const range = isWhole ? 'all' : rangeOf(request.headers.range, file.size);
    if (range === 'unsatisfiable') {
      void reply.header('cache-control', 'no-store').header('content-range', `bytes */${file.size}`);
      return reply.code(416).send();
    }
    const { start, length } = range === 'all' ? { start: 0, length: file.size } : range;
    void reply.header('content-length', String(length));
    if (range !== 'all')
      void reply.code(206).header('content-range', `bytes ${start}-${start + length - 1}/${file.size}`);
    if (request.method === 'HEAD') return reply.send();
    return reply.send(
      Readable.from(whileAllowed(files.read(file, { start, length }), mayStill), { objectMode: false }),
    );
  }
}

/** A long film ends in the middle for who is removed meanwhile. */
async function* whileAllowed(bytes: AsyncIterable<Buffer>, mayStill: () => Promise<void>): AsyncGenerator<Buffer> {
  let askedAt = performance.now();
  for await (const piece of bytes) {
    if (performance.now() - askedAt > ASK_AGAIN_MS) {
      await mayStill();
      askedAt = performance.now();
    }
    yield piece;
  }
}

function describing({ mime, kind, name }: ServedFile, isAsked: boolean) {
  const type = servedType(mime);
  const how = isAsked || kind === 'file' || type === UNKNOWN_TYPE ? 'attachment' : 'inline';
  return { 'content-type': type, 'content-disposition': contentDisposition(how, name) };
}

function isDownload({ query }: FastifyRequest): boolean {
  return typeof query === 'object' && query !== null && 'download' in query && query.download === '1';
}
