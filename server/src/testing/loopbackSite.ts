import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site on the loopback, for what is fetched from the open internet. */
export interface LoopbackSite {
  readonly port: number;
  readonly url: string;
  /** For `EGRESS_ALLOW`. */
  readonly pair: string;
  /** What it was asked, in order. */
  readonly heard: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  stop(): void;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

export async function startLoopbackSite(answer: Answer): Promise<LoopbackSite> {
  const heard: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    heard.push({ path: decodeURIComponent(request.url ?? ''), headers: request.headers });
    void answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const pair = `127.0.0.1:${port}`;
  return {
    port,
    url: `http://${pair}`,
    pair,
    heard,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
