import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.ts';
import type { Origins } from './origins.ts';

interface Listeners {
  plain(): number;
  tls(): number | null;
  listen(): Promise<void>;
  /** Connections that stand go on. */
  refuseNew(): void;
  close(): Promise<void>;
}

interface ListenersDeps {
  readonly http: FastifyInstance;
  readonly config: Pick<Config, 'host' | 'port' | 'tls' | 'publicOrigins'>;
  readonly origins: Origins;
}

/** Requests under way may take this long once the server stops. */
const LAST_REQUESTS_MS = 3_000;
/**
 * Connections that may wait to be accepted. When a node dies, thousands come to the next one at once; those that find
 * no room are not refused but left hanging for seconds. The kernel takes the smaller of this and its own bound.
 */
const BACKLOG = 4_096;

/** The plain port and, when there is a certificate, the TLS port, which feeds the same server. */
export function createListeners({ http, config, origins }: ListenersDeps): Listeners {
  let tlsServer: TlsServer | undefined;
  let isRefusing = false;

  function plain(): number {
    return portOf(http.server.address());
  }

  async function listenTls(tls: NonNullable<Config['tls']>): Promise<void> {
    const server = createTlsServer(
      { cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] },
      (socket) => http.server.emit('connection', socket),
    );
    // A handshake that fails is the stranger's problem.
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: tls.port, host: config.host, backlog: BACKLOG }, () => resolve());
    });
    tlsServer = server;
  }

  return {
    plain,
    tls: () => (tlsServer ? portOf(tlsServer.address()) : null),
    async listen() {
      await http.listen({ host: config.host, port: config.port, backlog: BACKLOG });
      if (config.tls) await listenTls(config.tls);
      if (config.publicOrigins) return;
      for (const host of ['localhost', '127.0.0.1']) {
        origins.allow(`http://${host}:${plain()}`);
        if (tlsServer) origins.allow(`https://${host}:${portOf(tlsServer.address())}`);
      }
    },
    refuseNew() {
      if (isRefusing) return;
      isRefusing = true;
      http.server.close();
      tlsServer?.close();
    },
    async close() {
      await Promise.race([http.close(), pause(LAST_REQUESTS_MS)]);
      http.server.closeAllConnections();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
