import { connect, createServer, type Socket } from 'node:net';

/** A wire between two programs that can be cut, or can go quiet without anyone being told. */
export interface TcpProxy {
  readonly port: number;
  /** What the far side says is kept back from now on; what is said to it goes through. */
  holdAnswers(): void;
  /** Nothing goes either way, and nobody is told: a black hole. */
  blackHole(): void;
  /** As before; what was held goes through, and what fell into the hole is lost with its connection. */
  heal(): void;
  /** Ends all connections; new ones are let in. */
  cut(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

type Mode = 'open' | 'holds' | 'hole';

export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let mode: Mode = 'open';
  const apply = ({ near, far }: Pair): void => {
    if (mode === 'open') far.resume();
    else far.pause();
    if (mode === 'hole') near.pause();
    else near.resume();
  };
  const server = createServer((near) => {
    const far = connect(target);
    const pair: Pair = { near, far };
    pairs.add(pair);
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => near.write(chunk));
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    apply(pair);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const change = (next: Mode): void => {
    mode = next;
    for (const pair of pairs) apply(pair);
  };
  const cut = (): void => {
    for (const { near } of pairs) near.destroy();
  };
  return {
    port: address.port,
    holdAnswers: () => change('holds'),
    blackHole: () => change('hole'),
    heal: () => change('open'),
    cut,
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
