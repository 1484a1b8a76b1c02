import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublicAddress } from './publicAddress.ts';

const INSIDE = [
  // This machine and this network
  ...['0.0.0.0', '0.1.2.3', '127.0.0.1', '127.255.255.254', '::', '::1'],
  // Private, shared, link-local (metadata of clouds)
  ...['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
  ...['100.64.0.1', '100.100.100.200', '100.127.255.255', '169.254.169.254', '169.254.0.1'],
  ...['fc00::1', 'fd00:ec2::254', 'fdff::1', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1'],
  // Protocols, documentation, measuring, anycast relays, multicast, reserved
  ...['192.0.0.1', '192.0.0.192', '192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '198.19.255.255'],
  ...['192.88.99.1', '192.31.196.1', '192.52.193.1', '192.175.48.1', '224.0.0.1', '239.255.255.250'],
  ...['240.0.0.1', '255.255.255.255', '168.63.129.16'],
  ...['ff02::1', 'ff0e::1', '100::1', '2001:db8::1', '3fff::1', '2001:2::1', '2001:10::1', '2001:20::1', '5f00::1'],
  // IPv4 in the clothes of IPv6
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::127.0.0.1', '::7f00:1'],
  ...['::ffff:0:127.0.0.1', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b::10.0.0.1', '64:ff9b:1::1'],
  ...['2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:0808:0808::1', '2001::1', '2001:0:7f00:1::'],
  // Not given out, or no address at all
  ...['1::1', '4000::1', '8000::1', 'a000::1', 'c000::1', 'e000::1'],
  ...['', 'localhost', '127.1', '0x7f000001', '0177.0.0.1', '2130706433', '1.2.3', '8.8.8.8.8', '8.8.8.8%1', '[::1]'],
];

const OPEN = [
  ...['1.1.1.1', '8.8.8.8', '9.9.9.9', '93.184.215.14', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1'],
  ...['192.167.1.1', '192.169.1.1', '198.17.1.1', '198.20.1.1', '169.253.1.1', '223.255.255.254', '168.63.129.17'],
  ...['2606:4700:4700::1111', '2a00:1450:4001:81b::200e', '2001:4860:4860::8888', '2620:fe::fe'],
  ...['::ffff:8.8.8.8', '64:ff9b::808:808'],
];

test.each(INSIDE)('%s is inside', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(OPEN)('%s is on the open internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

const ipv4 = fc.ipV4();

test('IPv4 within IPv6 is as public as itself, and within a tunnel never', () => {
  fc.assert(
    fc.property(ipv4, (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      const isOpen = isPublicAddress(address);
      expect(isPublicAddress(`::ffff:${address}`)).toBe(isOpen);
      expect(isPublicAddress(`::ffff:${hex}`)).toBe(isOpen);
      expect(isPublicAddress(`64:ff9b::${hex}`)).toBe(isOpen);
      for (const form of [`2002:${hex}::`, `2001:0:${hex}::1`, `::${hex}`, `64:ff9b:1::${hex}`, `fe80::${hex}`])
        expect(isPublicAddress(form), form).toBe(false);
    }),
  );
});

test('whatever a URL makes of a number as host is judged as the address it stands for', () => {
  const inside = fc.oneof(
    fc.integer({ min: 0x7f000000, max: 0x7fffffff }),
    fc.integer({ min: 0x0a000000, max: 0x0affffff }),
    fc.integer({ min: 0xc0a80000, max: 0xc0a8ffff }),
    fc.integer({ min: 0xa9fe0000, max: 0xa9feffff }),
  );
  fc.assert(
    fc.property(inside, (number) => {
      for (const host of [String(number), `0x${number.toString(16)}`, `0${number.toString(8)}`])
        expect(isPublicAddress(new URL(`http://${host}/`).hostname), host).toBe(false);
    }),
  );
});

test('nothing that is no address is public', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      fc.pre(!/^[\d.]+$/.test(text) && !text.includes(':'));
      expect(isPublicAddress(text)).toBe(false);
    }),
  );
});
