/** What members of a sealed call reckon with. All of it by the browser's own cryptography. */

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const NONCE_BYTES = 12;
export const MEDIA_KEY_BYTES = 32;

export interface KeyPair {
  /** As it is told to the others: 65 bytes as base64. */
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
}

/** Whom a key is for, from whom, and which of theirs it is: a blob serves no one else and nothing else. */
export interface Label {
  readonly from: string;
  readonly to: string;
  readonly index: number;
}

export async function createKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  return { privateKey, publicKey: toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))) };
}

/** The key that only these two devices can reckon. @throws for what is no point of the curve. */
export async function sharedKey(privateKey: CryptoKey, theirs: string): Promise<CryptoKey> {
  const publicKey = await crypto.subtle.importKey('raw', fromBase64(theirs), CURVE, false, []);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256);
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encode('dialog sealed call') };
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export async function sealKey(shared: CryptoKey, mediaKey: Uint8Array<ArrayBuffer>, label: Label): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(aesOf(nonce, label), shared, mediaKey);
  return toBase64(new Uint8Array([...nonce, ...new Uint8Array(sealed)]));
}

/** @throws for a blob that is for someone else, from someone else, or changed on its way. */
export async function openKey(shared: CryptoKey, sealed: string, label: Label): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = fromBase64(sealed);
  const nonce = bytes.slice(0, NONCE_BYTES);
  return new Uint8Array(await crypto.subtle.decrypt(aesOf(nonce, label), shared, bytes.slice(NONCE_BYTES)));
}

/**
 * Thirty digits that all in the call see alike, unless somebody gave them other public keys: 100 bits, because keys can
 * be tried out until two short codes agree.
 */
export async function codeOf(publicKeys: ReadonlyMap<string, string>): Promise<string> {
  const lines = [...publicKeys].map(([identity, publicKey]) => `${identity}\n${publicKey}`).toSorted();
  const digest = new DataView(await crypto.subtle.digest('SHA-256', encode(lines.join('\n'))));
  const groups = [0, 1, 2, 3, 4, 5].map((at) => String(digest.getUint32(at * 4) % 100_000).padStart(5, '0'));
  return groups.join(' ');
}

function aesOf(iv: Uint8Array<ArrayBuffer>, { from, to, index }: Label): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: encode(`${from}\n${to}\n${index}`) };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0);
}
