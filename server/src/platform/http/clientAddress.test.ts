import { expect, test } from 'vitest';
import { addressKey, createProxyTrust } from './clientAddress.ts';

const proxies = createProxyTrust(['10.0.0.1', '192.168.7.0/24', '::1']);

test('whoever is no trusted proxy cannot pretend to be someone else', () => {
  expect(proxies.addressOf('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
});

test('behind trusted proxies the nearest untrusted hop is the client', () => {
  expect(proxies.addressOf('10.0.0.1', '198.51.100.1, 203.0.113.9, 192.168.7.3')).toBe('203.0.113.9');
  expect(proxies.addressOf('::ffff:10.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
});

test('a hop that is no address ends the chain', () => {
  expect(proxies.addressOf('10.0.0.1', '203.0.113.9, <script>')).toBe('10.0.0.1');
  expect(proxies.addressOf('10.0.0.1', undefined)).toBe('10.0.0.1');
  expect(proxies.addressOf(undefined, undefined)).toBe('unknown');
});

test('a proxy list with a mistake stops the start', () => {
  expect(() => createProxyTrust(['10.0.0.0/33'])).toThrow();
  expect(() => createProxyTrust(['proxy.example'])).toThrow();
});

test('one customer with a whole IPv6 network counts as one', () => {
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(addressKey('2001:db8:1:2::ffff')).toBe('2001:db8:1:2::/64');
  expect(addressKey('2001:db8:1:3::1')).not.toBe(addressKey('2001:db8:1:2::1'));
  expect(addressKey('203.0.113.9')).toBe('203.0.113.9');
});
