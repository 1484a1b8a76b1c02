import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/**
 * A Socket.IO client of a hundred lines over a bare TCP socket: five thousand of these fit beside the server they
 * measure, and 500 of them take a frame each without the driver becoming what is measured.
 */
export interface WireSocket {
  /** An event that is answered. */
  ask(name: string, payload: unknown, answer: (reply: Buffer) => void): void;
  close(): void;
}

export interface WireOptions {
  readonly url: string;
  /** The loopback address to come from, so that limits by address see many machines. */
  readonly from: string;
  /** What goes with Socket.IO's connect packet. */
  readonly auth: unknown;
  /** An event's packet as it came, `["name",payload]`. Valid during the call only. */
  readonly hear: (packet: Buffer) => void;
  /** Once, when the connection is gone for whatever reason. */
  readonly onGone: () => void;
}

const TEXT = 1;
const CLOSE = 8;
const FINAL = 0x80;
const MASKED = 0x80;
const HANDSHAKE_TIMEOUT_MS = 20_000;
const code = (character: string): number => character.charCodeAt(0);
const [MESSAGE, PING, CONNECT, REFUSED, EVENT, ANSWER] = ['4', '2', '0', '4', '2', '3'].map(code);

/** Resolves when the server has let the socket in. */
export function connectWire(options: WireOptions): Promise<WireSocket> {
  const { hostname, port } = new URL(options.url);
  return new Promise((resolve, reject) => {
    const tcp = connect({ host: hostname, port: Number(port), localAddress: options.from, noDelay: true });
    const timer = setTimeout(() => tcp.destroy(new Error('no handshake')), HANDSHAKE_TIMEOUT_MS);
    const answers = new Map<number, (reply: Buffer) => void>();
    let asked = 0;
    const socket: WireSocket = {
      ask(name, payload, answer) {
        asked += 1;
        answers.set(asked, answer);
        sendText(tcp, `42${asked}${JSON.stringify([name, payload])}`);
      },
      close: () => tcp.destroy(),
    };
    const hear = (packet: Buffer): void => {
      if (packet[0] === PING) sendText(tcp, '3');
      else if (packet[0] === code('0')) sendText(tcp, `40${JSON.stringify(options.auth)}`);
      if (packet[0] !== MESSAGE) return;
      if (packet[1] === EVENT) options.hear(packet.subarray(2));
      else if (packet[1] === ANSWER) settle(answers, packet);
      else if (packet[1] === CONNECT) {
        clearTimeout(timer);
        resolve(socket);
      } else if (packet[1] === REFUSED) tcp.destroy(new Error(packet.toString()));
    };
    tcp.on('connect', () => tcp.write(upgradeRequest(options.url)));
    tcp.on(
      'data',
      createReader(hear, (reason) => tcp.destroy(reason)),
    );
    tcp.on('error', reject);
    tcp.on('close', () => {
      clearTimeout(timer);
      reject(new Error('closed'));
      options.onGone();
    });
  });
}

/** `43<id>[reply]` finds the one who asked. */
function settle(answers: Map<number, (reply: Buffer) => void>, packet: Buffer): void {
  const start = packet.indexOf('[');
  const id = Number(packet.toString('latin1', 2, start));
  const answer = answers.get(id);
  answers.delete(id);
  answer?.(packet.subarray(start));
}

function upgradeRequest(url: string): string {
  const key = randomBytes(16).toString('base64');
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: ${new URL(url).host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\r\n');
}

/** Masked with zeros, which the protocol allows: the driver saves the XOR. */
function sendText(tcp: Socket, text: string): void {
  const payload = Buffer.from(text);
  const isShort = payload.length < 126;
  const header = Buffer.alloc(isShort ? 6 : 8);
  header[0] = FINAL | TEXT;
  header[1] = MASKED | (isShort ? payload.length : 126);
  if (!isShort) header.writeUInt16BE(payload.length, 2);
  tcp.write(Buffer.concat([header, payload]));
}

type Refuse = (reason: Error) => void;

/** Cuts a stream of bytes into WebSocket frames; knows what servers send: unmasked, unfragmented text. */
function createReader(hear: (packet: Buffer) => void, refuse: Refuse): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let isOpen = false;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!isOpen) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const status = rest.toString('latin1', 0, rest.indexOf('\r\n'));
      if (!status.includes(' 101 ')) return refuse(new Error(status));
      isOpen = true;
      rest = rest.subarray(end + 4);
    }
    rest = readFrames(rest, hear, refuse);
  };
}

function readFrames(bytes: Buffer, hear: (packet: Buffer) => void, refuse: Refuse): Buffer {
  let at = 0;
  for (;;) {
    const frame = frameAt(bytes, at);
    if (frame === undefined) return bytes.subarray(at);
    at = frame.end;
    if (frame.first === (FINAL | TEXT)) hear(bytes.subarray(frame.start, frame.end));
    else if (frame.first !== (FINAL | CLOSE)) refuse(new Error(`unexpected frame ${frame.first}`));
  }
}

function frameAt(bytes: Buffer, at: number): { first: number; start: number; end: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const first = bytes.readUInt8(at);
  const short = bytes.readUInt8(at + 1);
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = at + 2 + extra;
  if (bytes.length < start) return undefined;
  const length = extra === 0 ? short : bytes.readUIntBE(start - Math.min(extra, 6), Math.min(extra, 6));
  return bytes.length < start + length ? undefined : { first, start, end: start + length };
}
