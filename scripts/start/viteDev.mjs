// The development server, with everything that is not the page handed on to Dialog's own server.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const [port, serverPort] = process.argv.slice(2).map(Number);
const target = `http://127.0.0.1:${serverPort}`;

const vite = await createServer({
  root: fileURLToPath(new URL('../../web', import.meta.url)),
  server: {
    host: '127.0.0.1',
    port: port ?? 5173,
    strictPort: true,
    proxy: {
      '/api': { target },
      '/outbox': { target },
      '/rtc': { target, ws: true },
      '/socket.io': { target, ws: true },
    },
  },
});
await vite.listen();
