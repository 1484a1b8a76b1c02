import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { MadePasskey, PasskeyAnswer, PasskeyAsked, PasskeyWanted } from '@dialog/shared/auth.passkeys.values';

interface AnswerOptions {
  /** The page that asks. */
  readonly origin: string;
  readonly rpId?: string;
  /** Whether the person showed a finger or a PIN. */
  readonly isVerified?: boolean;
  /** How often it was used, as it says. */
  readonly counter?: number;
}

/** An authenticator in software, as WebAuthn Level 3 writes it: one key on P-256. */
export interface SoftPasskey {
  readonly id: string;
  make(wanted: PasskeyWanted, options: AnswerOptions): MadePasskey;
  answer(asked: PasskeyAsked, options: AnswerOptions): PasskeyAnswer;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

export function createSoftPasskey(): SoftPasskey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let userHandle = randomBytes(16).toString('base64url');

  return {
    id: id.toString('base64url'),
    make({ challenge, rp, user }, { origin, rpId = rp.id, isVerified = true, counter = 0 }) {
      userHandle = user.id;
      const credential = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, coseOf(publicKey)]);
      const flags = USER_PRESENT | HAS_CREDENTIAL | (isVerified ? USER_VERIFIED : 0);
      const authData = Buffer.concat([head(rpId, flags, counter), credential]);
      return {
        id: id.toString('base64url'),
        clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
        attestationObject: attestationOf(authData).toString('base64url'),
        transports: ['internal'],
      };
    },
    answer({ challenge, rpId: asked }, { origin, rpId = asked, isVerified = true, counter = 0 }) {
      const authenticatorData = head(rpId, USER_PRESENT | (isVerified ? USER_VERIFIED : 0), counter);
      const said = clientData('webauthn.get', challenge, origin);
      const signed = Buffer.concat([authenticatorData, createHash('sha256').update(said).digest()]);
      return {
        id: id.toString('base64url'),
        clientDataJSON: said.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
        userHandle,
      };
    },
  };
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function head(rpId: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
}

/** CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}. */
function attestationOf(authData: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text('none'),
    text('attStmt'),
    Buffer.from([0xa0]),
    text('authData'),
    Buffer.from([0x59]),
    uint16(authData.length),
    authData,
  ]);
}

/** CBOR: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const coordinate = (label: number, value: string) =>
    Buffer.concat([Buffer.from([label, 0x58, 32]), Buffer.from(value, 'base64url')]);
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
    coordinate(0x21, x),
    coordinate(0x22, y),
  ]);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
