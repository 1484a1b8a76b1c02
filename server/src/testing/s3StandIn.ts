import { createServer, type IncomingMessage } from 'node:http';

/** As much of S3 as we speak: objects by path, with Range, listed by prefix, deleted one by one. */
export async function startS3StandIn() {
  const objects = new Map<string, Buffer>();
  const seen = { unsigned: 0 };

  const server = createServer((request, response) => {
    void answer(request).then(({ status, body = Buffer.alloc(0), headers = {} }) => {
      response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
    });
  });

  async function answer(
    request: IncomingMessage,
  ): Promise<{ status: number; body?: Buffer; headers?: Record<string, string> }> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) seen.unsigned += 1;
    const [, bucket, ...rest] = pathname.split('/');
    const name = rest.join('/');
    if (bucket !== 'dialog') return { status: 404 };
    if (request.method === 'PUT') {
      objects.set(name, await bodyOf(request));
      return { status: 200 };
    }
    if (request.method === 'DELETE') {
      objects.delete(name);
      return { status: 204 };
    }
    if (searchParams.get('list-type') === '2') return { status: 200, body: listing(searchParams.get('prefix') ?? '') };
    const object = objects.get(name);
    if (!object) return { status: 404 };
    const [, from = '0', to = ''] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    return { status: 206, body: object.subarray(Number(from), Number(to) + 1) };
  }

  function listing(prefix: string): Buffer {
    const names = [...objects.keys()].filter((name) => name.startsWith(prefix)).slice(0, 2);
    const contents = names.map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
    return Buffer.from(`<?xml version="1.0"?><ListBucketResult><Name>dialog</Name>${contents}</ListBucketResult>`);
  }

  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    objects,
    get unsigned() {
      return seen.unsigned;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const bytes of request as AsyncIterable<Buffer>) pieces.push(bytes);
  return Buffer.concat(pieces);
}
