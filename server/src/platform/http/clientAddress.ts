import ipaddr from 'ipaddr.js';

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** What a proxy in between tells, believed only from the exact hops the operator named. */
export interface ProxyTrust {
  /** The network address of whoever asked, in its canonical form. */
  addressOf(peer: string | undefined, forwardedFor: string | undefined): string;
  isTrusted(peer: string | undefined): boolean;
}

/** @throws Error for an entry that is neither an address nor a network (`10.0.0.0/8`). */
export function createProxyTrust(trusted: readonly string[]): ProxyTrust {
  const networks = trusted.map(parseNetwork);
  const isTrusted = (text: string | undefined) => {
    const address = parse(text);
    return address !== undefined && networks.some((network) => isWithin(address, network));
  };
  return {
    isTrusted,
    addressOf(peer, forwardedFor) {
      const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim());
      let address = peer;
      // From the nearest hop outwards, as long as whoever said it is trusted.
      while (hops.length > 0 && isTrusted(address)) {
        const next = hops.pop();
        if (parse(next) === undefined) break;
        address = next;
      }
      return parse(address)?.toString() ?? 'unknown';
    },
  };
}

/** What limits count by: one IPv6 customer has a whole /64. */
export function addressKey(address: string): string {
  const parsed = parse(address);
  if (parsed?.kind() !== 'ipv6') return address;
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** IPv4 written as IPv6 is IPv4. */
function parse(text: string | undefined): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return text !== undefined && ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

function parseNetwork(text: string): Network {
  return text.includes('/') ? ipaddr.parseCIDR(text) : wholeAddress(ipaddr.process(text));
}

function wholeAddress(address: ipaddr.IPv4 | ipaddr.IPv6): Network {
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
