import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** WebSocket upgrades by path; Socket.IO listens for its own. */
export interface Upgrades {
  /** Everything below `prefix`, such as `/rtc/`. */
  on(prefix: `/${string}/`, handle: UpgradeHandler): void;
  listen(http: Server): void;
}

const SOCKET_PATH = '/socket.io/';

export function createUpgrades(): Upgrades {
  const handlers = new Map<string, UpgradeHandler>();
  return {
    on: (prefix, handle) => void handlers.set(prefix, handle),
    listen(http) {
      http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const path = request.url ?? '';
        if (path.startsWith(SOCKET_PATH)) return;
        socket.on('error', () => socket.destroy());
        const found = [...handlers].find(([prefix]) => path.startsWith(prefix));
        if (found) found[1](request, socket, head);
        else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      });
    },
  };
}
