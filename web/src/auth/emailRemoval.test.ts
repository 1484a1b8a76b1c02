import { expect, test } from 'vitest';
import { type EmailFacts, removalOf } from './emailRemoval.ts';

const OWN = 'ada@example.org';
const NEW = { address: 'ada@example.net' };

function saidOf(facts: Partial<EmailFacts>): string[] {
  return removalOf({ address: null, claim: null, hasMail: true, ...facts }).map(
    ({ word, address }) => `${word} ${address}`,
  );
}

test('of an address that only waits it is said that its link dies, and not that one signs in with it', () => {
  expect(saidOf({ claim: NEW })).toEqual(['takeBackEmailText ada@example.net']);
});

test('whoever removes their address hears that the one that waits goes with it', () => {
  expect(saidOf({ address: OWN })).toEqual(['removeEmailText ada@example.org', 'removeEmailTold ada@example.org']);
  expect(saidOf({ address: OWN, claim: NEW })).toContain('removeClaimToo ada@example.net');
});

test('where no mails go out, none is promised to the address', () => {
  expect(saidOf({ address: OWN, hasMail: false })).toEqual(['removeEmailText ada@example.org']);
});
