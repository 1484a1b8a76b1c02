import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network between a node and a service, which a test can cut. */
export interface TcpProxy {
  /** The service's URL by way of this proxy. */
  readonly url: string;
  /** Connections stay open and nothing goes through any more: what a black hole, or a stopped process, looks like. */
  hang(): void;
  /** Connections end and new ones are refused by closing them at once. */
  cut(): void;
  /** As before. What was held while hanging goes through. */
  heal(): void;
  stop(): Promise<void>;
}

/** Between here and the host and port of `url`. */
export async function startTcpProxy(url: string): Promise<TcpProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let mode: 'pass' | 'hang' | 'cut' = 'pass';

  function track(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  function forward(from: Socket, to: Socket): void {
    from.on('data', (chunk) => void to.write(chunk));
    from.on('close', () => to.destroy());
    if (mode === 'hang') from.pause();
  }

  const server = createServer((near) => {
    if (mode === 'cut') {
      near.destroy();
      return;
    }
    const far = connect({ host: target.hostname, port: Number(target.port) });
    track(near);
    track(far);
    forward(near, far);
    forward(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  through.hostname = '127.0.0.1';

  return {
    url: through.href,
    hang() {
      mode = 'hang';
      for (const socket of sockets) socket.pause();
    },
    cut() {
      mode = 'cut';
      for (const socket of sockets) socket.destroy();
    },
    heal() {
      mode = 'pass';
      for (const socket of sockets) socket.resume();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
