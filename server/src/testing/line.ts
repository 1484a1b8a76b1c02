import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';

export interface Line {
  readonly url: string;
  cut(): void;
  mend(): Promise<void>;
}

/** A line to a service that can be cut, as when the service is killed. */
export async function aLineTo(url: string): Promise<Line> {
  const target = new URL(url);
  const open = new Set<Socket>();
  let server: Server;
  let port = 0;
  async function mend(): Promise<void> {
    server = createServer((near) => {
      const far = connectTcp(Number(target.port), target.hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        open.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          open.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address) port = address.port;
  }
  await mend();
  return {
    url: `http://127.0.0.1:${port}`,
    mend,
    cut() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
