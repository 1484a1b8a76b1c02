import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** One connection that speaks text. */
export interface TextSocket {
  send(text: string): void;
  close(): void;
}

const PROTOCOL_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
/** Longer ones have their length in so many more bytes. */
const SHORT = 126;
const LONG = 127;

interface Hearers {
  readonly text: (text: string) => void;
  readonly closed: () => void;
}

/** RFC 6455 as far as a browser's small messages need it: whole frames of text, pings, the end. */
export function acceptWebSocket(request: IncomingMessage, socket: Duplex, hear: Hearers): TextSocket {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${PROTOCOL_GUID}`)
    .digest('base64');
  const protocol = request.headers['sec-websocket-protocol'];
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol.split(',')[0]?.trim() ?? ''}`] : []),
      '\r\n',
    ].join('\r\n'),
  );
  let unread: Buffer = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    unread = Buffer.concat([unread, bytes]);
    for (let frame = frameIn(unread); frame; frame = frameIn(unread)) {
      unread = unread.subarray(frame.length);
      if (frame.kind === TEXT) hear.text(frame.payload.toString());
      if (frame.kind === PING) socket.write(framed(PONG, frame.payload));
      if (frame.kind === CLOSE) socket.end(framed(CLOSE, Buffer.alloc(0)));
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', hear.closed);
  return { send: (text) => void socket.write(framed(TEXT, Buffer.from(text))), close: () => void socket.destroy() };
}

function frameIn(bytes: Buffer) {
  if (bytes.length < 2) return undefined;
  const isMasked = ((bytes[1] ?? 0) & 0x80) !== 0;
  const said = (bytes[1] ?? 0) & 0x7f;
  const lengthBytes = said === LONG ? 8 : said === SHORT ? 2 : 0;
  const start = 2 + lengthBytes + (isMasked ? 4 : 0);
  if (bytes.length < start) return undefined;
  const size = said === LONG ? Number(bytes.readBigUInt64BE(2)) : said === SHORT ? bytes.readUInt16BE(2) : said;
  if (bytes.length < start + size) return undefined;
  const mask = isMasked ? bytes.subarray(start - 4, start) : Buffer.alloc(4);
  const payload = Buffer.from(bytes.subarray(start, start + size).map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
  return { kind: (bytes[0] ?? 0) & 0x0f, payload, length: start + size };
}

function framed(kind: number, payload: Buffer): Buffer {
  const head =
    payload.length < SHORT
      ? Buffer.from([0x80 | kind, payload.length])
      : Buffer.from([0x80 | kind, SHORT, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}
