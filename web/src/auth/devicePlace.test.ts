import { expect, test } from 'vitest';
import { placeText } from './devicePlace.ts';

test('a country is named as the reader’s language names it, and nothing is claimed of the unknown', () => {
  const address = '141.76.1.1';
  expect(placeText({ device: '', address, place: 'DE' }, { language: 'en', here: 'here' })).toBe(
    'Germany (141.76.1.1)',
  );
  expect(placeText({ device: '', address, place: 'DE' }, { language: 'de', here: 'hier' })).toBe(
    'Deutschland (141.76.1.1)',
  );
  expect(placeText({ device: '', address }, { language: 'en', here: 'here' })).toBe(address);
  expect(placeText({ device: '', address, place: 'local' }, { language: 'en', here: 'here' })).toBe(
    'here (141.76.1.1)',
  );
});
