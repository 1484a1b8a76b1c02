import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Answers to machines in the cloud and nobody else, though the number lies in a public range (Azure's wire server). */
const PUBLIC_BY_NUMBER_ONLY = new Set(['168.63.129.16']);
/** All that is given out of IPv6 so far; what lies outside is special, whether or not it has a name yet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Where a network translates for itself (DNS64), the IPv4 address inside decides. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Whether this address, as a resolver answers it or a normalised URL holds it, belongs to the open internet. Anything else
 * is somebody's inside: loopback, private and shared networks, link-local (a cloud's metadata), multicast, documentation,
 * and the tunnels 6to4 and Teredo, which carry any of these within.
 */
export function isPublicAddress(text: string): boolean {
  // Short, octal and hexadecimal forms are no addresses here; a zone (`%eth0`) says that it is a local one.
  if (isIP(text) === 0 || text.includes('%')) return false;
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv4 ? isPublicIpv4(address) : isPublicIpv6(address);
}

function isPublicIpv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !PUBLIC_BY_NUMBER_ONLY.has(address.toString());
}

function isPublicIpv6(address: ipaddr.IPv6): boolean {
  if (address.isIPv4MappedAddress()) return isPublicIpv4(address.toIPv4Address());
  if (address.match(NAT64)) return isPublicIpv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  return address.match(GLOBAL_UNICAST) && address.range() === 'unicast';
}
