import { isIP } from 'node:net';

/**
 * The host that passkeys of this origin are bound to; undefined where a browser makes none: at an address that is a number,
 * and over plain HTTP elsewhere than on this machine.
 */
export function passkeyHost(origin: string): string | undefined {
  const { protocol, hostname } = new URL(origin);
  if (isIP(hostname) !== 0 || hostname.startsWith('[')) return undefined;
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  return protocol === 'https:' || isLocal ? hostname : undefined;
}
