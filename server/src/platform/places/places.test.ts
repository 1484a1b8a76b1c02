import { expect, test } from 'vitest';
import { createPlaces } from './places.ts';

const places = createPlaces();

test.each([
  ['8.8.8.8', 'US'],
  ['::ffff:8.8.8.8', 'US'],
  ['141.76.1.1', 'DE'],
])('%s is in %s', async (address, country) => {
  expect(await places.of(address)).toBe(country);
});

test.each(['127.0.0.1', '10.1.2.3', '192.168.0.7', '::1', 'fd00::1', 'fe80::1'])('%s is here', async (address) => {
  expect(await places.of(address)).toBe('local');
});

test.each(['2a00:1450:4001:830::200e', '203.0.113.7', 'unknown', '', '999.1.1.1'])(
  'of %s nothing is claimed',
  async (address) => {
    expect(await places.of(address)).toBeUndefined();
  },
);
