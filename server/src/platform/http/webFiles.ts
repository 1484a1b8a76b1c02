import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../appError.ts';

type Encoding = 'br' | 'gzip' | 'identity';

interface WebFile {
  readonly type: string;
  readonly cacheControl: string;
  readonly etag: string;
  readonly bodies: Partial<Record<Encoding, Buffer>> & { readonly identity: Buffer };
}

/** Served by name. Anything else in the folder is not for browsers. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.tflite': 'application/octet-stream',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.txt': 'text/plain; charset=utf-8',
};
const WORTH_COMPRESSING = /^(text|application|image\/svg)/;
const SMALL_BYTES = 1_000;
const BROTLI_QUALITY = 9;

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/**
 * The built web app, read once. A path is looked up among the files that were there and never resolved, so no path
 * leads out of the folder. Names below `/assets/` hold a hash of their content and may be kept for ever; the page and
 * the service worker are asked for each time. Any other path is a place in the app and gets the page.
 */
export async function serveWebFiles(http: FastifyInstance, folder: string): Promise<void> {
  const files = await readFiles(folder);

  http.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?', 1);
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading || path === '/api' || path.startsWith('/api/')) throw new AppError('route-not-found');
    const file = files.get(path) ?? (extname(path) === '' ? files.get('/index.html') : undefined);
    if (!file) throw new AppError('route-not-found', 'no such file of the web app');
    return send(file, request, reply);
  });

  void compressHard(files);
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, WebFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const url = `/${relative(folder, path).split(sep).join('/')}`;
        return [url, await readWebFile(path, url)] as const;
      }),
  );
  return new Map(files);
}

async function readWebFile(path: string, url: string): Promise<WebFile> {
  const identity = await readFile(path);
  const type = TYPES[extname(path)] ?? '';
  const bodies: WebFile['bodies'] = { identity };
  if (isWorthCompressing(type, identity)) bodies.gzip = await toGzip(identity, { level: 9 });
  return {
    type,
    cacheControl: url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    bodies,
  };
}

/** Brotli takes a second for everything: done file by file while gzip is already served. */
async function compressHard(files: ReadonlyMap<string, WebFile>): Promise<void> {
  for (const { type, bodies } of files.values()) {
    if (!isWorthCompressing(type, bodies.identity)) continue;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bodies.identity.length,
    };
    // oxlint-disable-next-line no-await-in-loop -- one at a time leaves threads to passwords and files
    bodies.br = await toBrotli(bodies.identity, { params });
  }
}

function isWorthCompressing(type: string, body: Buffer): boolean {
  return WORTH_COMPRESSING.test(type) && body.length > SMALL_BYTES;
}

function send(file: WebFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const encoding = encodingFor(file, request.headers['accept-encoding'] ?? '');
  const etag = encoding === 'identity' ? file.etag : file.etag.replace(/"$/, `-${encoding}"`);
  reply.headers({ 'cache-control': file.cacheControl, vary: 'accept-encoding', etag });
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.code(200).type(file.type).send(file.bodies[encoding]);
}

function encodingFor({ bodies }: WebFile, accepted: string): Encoding {
  if (bodies.br && /\bbr\b/.test(accepted)) return 'br';
  return bodies.gzip && /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}
