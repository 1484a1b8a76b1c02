import { createHmac, randomBytes } from 'node:crypto';

/** Just enough of STUN (RFC 8489) to ask a TURN server and a media server whether they are there. */
const MAGIC = 0x2112_a442;
const HEADER_BYTES = 20;
const INTEGRITY_BYTES = 24;
const FINGERPRINT_BYTES = 8;

export const METHOD = { binding: 0x001, allocate: 0x003, refresh: 0x004, createPermission: 0x008 };
export const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
  lifetime: 0x000d,
  priority: 0x0024,
  fingerprint: 0x8028,
  controlled: 0x8029,
};

/**
 * @typedef {object} StunRequest
 * @property {number} method
 * @property {readonly (readonly [type: number, value: Buffer | ((id: Buffer) => Buffer)])[]} attributes Some values depend on the request's id.
 * @property {Buffer} [key] With it the request is signed.
 */

/** @typedef {{ isSuccess: boolean, id: string, attributes: ReadonlyMap<number, Buffer> }} StunAnswer */

/** @param {StunRequest} request @returns {{ id: string, packet: Buffer }} */
export function encode({ method, attributes, key }) {
  const id = randomBytes(12);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(method, 0);
  header.writeUInt32BE(MAGIC, 4);
  id.copy(header, 8);
  let packet = Buffer.concat([
    header,
    ...attributes.map(([type, value]) => attribute(type, typeof value === 'function' ? value(id) : value)),
  ]);
  if (key) {
    // The length that is signed already counts the signature, and so with the checksum.
    packet.writeUInt16BE(packet.length - HEADER_BYTES + INTEGRITY_BYTES, 2);
    packet = Buffer.concat([packet, attribute(ATTRIBUTE.integrity, createHmac('sha1', key).update(packet).digest())]);
  }
  packet.writeUInt16BE(packet.length - HEADER_BYTES + FINGERPRINT_BYTES, 2);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE((crc32(packet) ^ 0x5354_554e) >>> 0);
  return { id: id.toString('hex'), packet: Buffer.concat([packet, attribute(ATTRIBUTE.fingerprint, checksum)]) };
}

/** @param {number} type @param {Buffer} value */
function attribute(type, value) {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

/** @param {Buffer} packet @returns {StunAnswer | undefined} Undefined for what is no answer. */
export function decode(packet) {
  if (packet.length < HEADER_BYTES || packet.readUInt32BE(4) !== MAGIC) return undefined;
  const answerClass = packet.readUInt16BE(0) & 0x0110;
  if (answerClass !== 0x0100 && answerClass !== 0x0110) return undefined;
  /** @type {Map<number, Buffer>} */
  const attributes = new Map();
  for (let at = HEADER_BYTES; at + 4 <= packet.length;) {
    const length = packet.readUInt16BE(at + 2);
    attributes.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { isSuccess: answerClass === 0x0100, id: packet.subarray(8, HEADER_BYTES).toString('hex'), attributes };
}

/** How many bytes the first packet of a stream takes; undefined as long as not all of it is there. @param {Buffer} stream */
export function lengthOf(stream) {
  const length = stream.length < HEADER_BYTES ? Infinity : HEADER_BYTES + stream.readUInt16BE(2);
  return stream.length < length ? undefined : length;
}

/** An IPv4 address as STUN hides it from meddling routers. @param {string} address @param {number} port */
export function hideAddress(address, port) {
  const value = Buffer.alloc(8);
  value[1] = 1;
  value.writeUInt16BE(port ^ (MAGIC >>> 16), 2);
  const numbers = Buffer.from(address.split('.').map(Number));
  value.writeUInt32BE((numbers.readUInt32BE(0) ^ MAGIC) >>> 0, 4);
  return value;
}

/** @param {Buffer} value */
export function showAddress(value) {
  const numbers = Buffer.alloc(4);
  numbers.writeUInt32BE((value.readUInt32BE(4) ^ MAGIC) >>> 0);
  return `${[...numbers].join('.')}:${value.readUInt16BE(2) ^ (MAGIC >>> 16)}`;
}

/** @param {StunAnswer} answer */
export function errorCode({ attributes }) {
  const value = attributes.get(ATTRIBUTE.error);
  return value && value.length >= 4 ? (value[2] ?? 0) * 100 + (value[3] ?? 0) : undefined;
}

/** @param {Buffer} bytes */
function crc32(bytes) {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}
