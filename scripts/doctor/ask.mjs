import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { decode, encode } from './stun.mjs';

const ANSWER_WITHIN_MS = 3000;
/** UDP may lose the question. */
const REPEAT_EVERY_MS = 500;

/** @typedef {{ ask(request: import('./stun.mjs').StunRequest): Promise<import('./stun.mjs').StunAnswer>, close(): void }} Line */

/**
 * @param {(packet: Buffer) => void} send
 * @returns {{ hear(packet: Buffer): void, ask: Line['ask'] }}
 */
function createDialogue(send) {
  /** @type {Map<string, (answer: import('./stun.mjs').StunAnswer) => void>} */
  const waiting = new Map();
  return {
    hear(packet) {
      const answer = decode(packet);
      if (answer) waiting.get(answer.id)?.(answer);
    },
    ask(request) {
      const { id, packet } = encode(request);
      return new Promise((resolve, reject) => {
        const again = setInterval(() => send(packet), REPEAT_EVERY_MS);
        const settle = () => {
          clearInterval(again);
          clearTimeout(timer);
          waiting.delete(id);
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error('no answer within 3 s'));
        }, ANSWER_WITHIN_MS);
        waiting.set(id, (answer) => {
          settle();
          resolve(answer);
        });
        send(packet);
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
