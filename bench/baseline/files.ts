import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import fastify from 'fastify';

/**
 * What Dialog's files are measured against: tus onto the disk and static serving from it, as their packages come. No
 * sign-in, rights, encryption, durability, quotas, looking at what came, or other nodes.
 */

const folder = process.env['FOLDER'] ?? '';
const path = '/api/uploads';
const tus = new Server({
  path,
  datastore: new FileStore({ directory: folder }),
  relativeLocation: true,
  namingFunction: (_request, metadata) => metadata?.['id'] ?? 'file',
});

const http = fastify();
http.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
for (const url of [path, `${path}/*`]) {
  http.all(url, (request, reply) => {
    reply.hijack();
    void tus.handle(request.raw, reply.raw);
  });
}
await http.register(fastifyStatic, { root: join(folder), prefix: '/files/' });
http.get('/', () => 'ok');
await http.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
