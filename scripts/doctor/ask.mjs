import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decode, encode, lengthOf } from './stun.mjs';

const ANSWER_WITHIN_MS = 3000;
/** UDP may lose the question. */
const REPEAT_EVERY_MS = 500;

/** @typedef {{ ask(request: import('./stun.mjs').StunRequest): Promise<import('./stun.mjs').StunAnswer>, close(): void }} Line */

/**
 * @param {(packet: Buffer) => void} send
 * @returns {{ hear(packet: Buffer): void, broke(error: Error): void, ask: Line['ask'] }}
 */
function createDialogue(send) {
  /** @type {Map<string, (answer: import('./stun.mjs').StunAnswer | Error) => void>} */
  const waiting = new Map();
  /** @type {Error | undefined} */
  let broken;
  return {
    hear(packet) {
      const answer = decode(packet);
      if (answer) waiting.get(answer.id)?.(answer);
    },
    /** Nothing will come any more. */
    broke(error) {
      broken ??= error;
      for (const settle of waiting.values()) settle(broken);
    },
    ask(request) {
      const { id, packet } = encode(request);
      return new Promise((resolve, reject) => {
        const again = setInterval(() => send(packet), REPEAT_EVERY_MS);
        const settle = (/** @type {import('./stun.mjs').StunAnswer | Error} */ outcome) => {
          clearInterval(again);
          clearTimeout(timer);
          waiting.delete(id);
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        };
        const timer = setTimeout(() => settle(new Error('no answer within 3 s')), ANSWER_WITHIN_MS);
        waiting.set(id, settle);
        if (broken) settle(broken);
        else send(packet);
      });
    },
  };
}

/** @param {string} address @param {number} port @returns {Line} */
export function askOverUdp(address, port) {
  const socket = createSocket('udp4');
  const { ask, hear } = createDialogue((packet) => socket.send(packet, port, address, () => {}));
  socket.on('message', hear);
  // Answers that do not come are told by time.
  socket.on('error', () => {});
  return { ask, close: () => void socket.close() };
}

/** Each packet goes with its length before it, as ICE over TCP does (RFC 4571). @param {string} address @param {number} port @returns {Line} */
export function askOverTcp(address, port) {
  const socket = connect({ host: address, port });
  const { ask, hear } = createDialogue((packet) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length);
    socket.write(Buffer.concat([length, packet]));
  });
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      hear(rest.subarray(2, 2 + rest.readUInt16BE(0)));
      rest = rest.subarray(2 + rest.readUInt16BE(0));
    }
  });
  socket.on('error', () => {});
  return { ask, close: () => void socket.destroy() };
}

/** Over TCP, where packets follow each other as they are: as TURN has it (RFC 8656). @param {string} address @param {number} port @returns {Line} */
export function askInStream(address, port) {
  return lineOf(connect({ host: address, port }));
}

/**
 * The same over TLS, to a name that its certificate has to bear.
 *
 * @param {string} name
 * @param {number} port
 * @param {{ ca?: Buffer | undefined }} [trust] Whom else than the browsers' authorities to believe.
 * @returns {Line}
 */
export function askInTls(name, port, { ca } = {}) {
  return lineOf(connectTls({ host: name, port, servername: name, ...(ca ? { ca } : {}) }));
}

/** @param {import('node:net').Socket} socket @returns {Line} */
function lineOf(socket) {
  // Once is enough: what was written arrives, or the line breaks.
  const sent = new Set();
  const { ask, broke, hear } = createDialogue((packet) => {
    if (!sent.has(packet)) socket.write(packet);
    sent.add(packet);
  });
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let length = lengthOf(rest); length !== undefined; length = lengthOf(rest)) {
      hear(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
  socket.on('error', broke);
  socket.on('close', () => broke(new Error('it hung up')));
  return { ask, close: () => void socket.destroy() };
}
