import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { acceptWebSocket, type TextSocket } from './webSocketServer.ts';

/** What the browser asks of its push service, and what of that is used here. */
interface Asked {
  readonly messageType?: string;
  readonly uaid?: string;
  readonly channelID?: string;
  readonly updates?: readonly { readonly channelID: string; readonly version: string; readonly code: number }[];
}

/** A push that came in for a browser. */
export interface TakenPush {
  readonly channelId: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface PushService {
  /** For `dom.push.serverURL`. */
  readonly webSocketUrl: string;
  /** For `EGRESS_ALLOW`. */
  readonly pair: string;
  readonly taken: readonly TakenPush[];
  /** Versions that a browser said it has handed to its page. */
  readonly acknowledged: readonly string[];
  channels(): number;
  close(): Promise<void>;
}

/**
 * A push service on loopback, as Firefox knows them: a web socket on which the browser registers channels and is handed
 * what comes (autopush), and an address per channel that takes encrypted pushes (RFC 8030). It sees nothing but ciphertext.
 */
export async function startPushService(): Promise<PushService> {
  const channels = new Map<string, string>();
  const browsers = new Map<string, TextSocket>();
  const taken: TakenPush[] = [];
  const acknowledged: string[] = [];
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pair = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
    const channelId = request.url?.split('/').at(-1) ?? '';
    const uaid = channels.get(channelId);
    if (request.method !== 'POST' || uaid === undefined) return void response.writeHead(410).end();
    const body = Buffer.concat(chunks);
    taken.push({ channelId, headers: request.headers, body });
    browsers.get(uaid)?.send(
      JSON.stringify({
        messageType: 'notification',
        channelID: channelId,
        version: randomUUID(),
        data: body.toString('base64url'),
        headers: { encoding: request.headers['content-encoding'] },
      }),
    );
    response
      .writeHead(201, { location: `http://${pair}/message/${randomUUID()}`, ttl: request.headers['ttl'] ?? '0' })
      .end();
  }

  server.on('upgrade', (request, socket) => {
    let uaid = '';
    const answer = (asked: Asked): object | undefined => {
      const { channelID = '', messageType } = asked;
      if (messageType === 'hello') {
        uaid = asked.uaid ? asked.uaid : randomUUID().replaceAll('-', '');
        browsers.set(uaid, connection);
        return { uaid, status: 200, use_webpush: true, broadcasts: {} };
      }
      if (messageType === 'register') {
        channels.set(channelID, uaid);
        return { channelID, status: 200, pushEndpoint: `http://${pair}/wpush/v2/${channelID}` };
      }
      if (messageType === 'unregister') {
        channels.delete(channelID);
        return { channelID, status: 200 };
      }
      if (messageType === 'ack') acknowledged.push(...(asked.updates ?? []).map(({ version }) => version));
      return undefined;
    };
    const connection = acceptWebSocket(request, socket, {
      text(text) {
        if (text === '{}') return connection.send('{}');
        const asked = JSON.parse(text) as Asked;
        const answered = answer(asked);
        if (answered) connection.send(JSON.stringify({ messageType: asked.messageType, ...answered }));
      },
      closed: () => void browsers.delete(uaid),
    });
  });

  return {
    webSocketUrl: `ws://${pair}/`,
    pair,
    taken,
    acknowledged,
    channels: () => channels.size,
    async close() {
      for (const browser of browsers.values()) browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
