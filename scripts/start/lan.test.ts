import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test, vi } from 'vitest';
import { scratchFolder } from '../testing/scratch.mjs';
import { findLanAddress, provideCertificate } from './lan.mjs';

// Processes are started here, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

function at(address: string, internal = false): NetworkInterfaceInfo[] {
  return [{ address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '', cidr: null }];
}

test('the address is that of the local network, not of a container bridge or a tunnel', () => {
  const interfaces = {
    lo: at('127.0.0.1', true),
    docker0: at('172.17.0.1'),
    wg0: at('10.8.0.2'),
    wlan0: at('192.168.1.20'),
  };
  expect(findLanAddress(interfaces)).toBe('192.168.1.20');
  expect(findLanAddress({ lo: at('127.0.0.1', true), docker0: at('172.17.0.1') })).toBeUndefined();
});

test('the certificate holds for the address, stays the same, and changes with it; its key is private', async () => {
  const data = scratchFolder();
  const made = await provideCertificate(data, '192.168.1.20');
  const certificate = new X509Certificate(readFileSync(made.cert));
  expect(certificate.checkIP('192.168.1.20')).toBe('192.168.1.20');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(statSync(made.key).mode & 0o777).toBe(0o600);
  expect((await provideCertificate(data, '192.168.1.20')).fingerprint).toBe(made.fingerprint);
  expect((await provideCertificate(data, '192.168.1.21')).fingerprint).not.toBe(made.fingerprint);
});
