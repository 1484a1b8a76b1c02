/** As URLs write addresses that are numbers: IPv6 in brackets, IPv4 always with its four parts. */
const NUMBER = /^\[|^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * The host that passkeys of this origin are bound to; undefined where a browser makes none: at an address that is a number,
 * and over plain HTTP elsewhere than on this machine.
 */
export function passkeyHost(origin: string): string | undefined {
  const { protocol, hostname } = new URL(origin);
  if (NUMBER.test(hostname)) return undefined;
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  return protocol === 'https:' || isLocal ? hostname : undefined;
}
