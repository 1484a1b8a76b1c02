import { isIP } from 'node:net';
import { EgressRefusal } from './egressRefusal.ts';
import { isPublicAddress } from './publicAddress.ts';

/** Every address of a name; empty or rejecting when there is none. */
export type Resolve = (hostName: string) => Promise<readonly string[]>;

/** Where one request goes: only to these addresses, all of them checked. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly string[];
}

export interface Reach {
  readonly resolve: Resolve;
  /** `address:port` pairs that are open whatever they are; for tests. */
  readonly allow: ReadonlySet<string>;
}

const URL_LENGTH_MAX = 2_048;
const PORT_OF_SCHEME: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const PORTS = new Set(Object.values(PORT_OF_SCHEME));
/** Names of no place on the open internet: a public name server need not hear of them. */
const INSIDE_NAME =
  /^[^.]*\.?$|(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|example|test|invalid|onion)\.?$/;

/**
 * Looks up a URL's host once and answers where to connect. One address that is not public refuses them all: which of them
 * a connection takes is not ours to foresee.
 *
 * @throws EgressRefusal
 */
export async function targetOf(text: string, { resolve, allow }: Reach): Promise<Target> {
  const url = urlIn(text);
  const port = url.port === '' ? (PORT_OF_SCHEME[url.protocol] ?? 0) : Number(url.port);
  // A literal, however it was written, the URL has brought into its one form; a connection would not look it up again.
  const hostName = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(hostName) === 0 ? await addressesOf(hostName, resolve) : [hostName];
  const isOpen = (address: string): boolean =>
    allow.has(pairOf(address, port)) || (PORTS.has(port) && isPublicAddress(address));
  if (!addresses.every(isOpen)) throw new EgressRefusal('forbidden-address');
  return { url, addresses };
}

function urlIn(text: string): URL {
  const url = text.length <= URL_LENGTH_MAX ? URL.parse(text) : null;
  // A user in a URL is there to make one host look like another.
  const isPlain = url?.username === '' && url.password === '';
  if (!isPlain || !(url.protocol in PORT_OF_SCHEME)) throw new EgressRefusal('forbidden-address');
  return url;
}

/** `127.0.0.1:8080`, `[::1]:8080` */
function pairOf(address: string, port: number): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

async function addressesOf(hostName: string, resolve: Resolve): Promise<readonly string[]> {
  if (INSIDE_NAME.test(hostName)) throw new EgressRefusal('forbidden-address');
  const addresses = await resolve(hostName).catch((error: unknown) => {
    throw new EgressRefusal('unreachable', { cause: error });
  });
  if (addresses.length === 0) throw new EgressRefusal('unreachable');
  return addresses;
}
