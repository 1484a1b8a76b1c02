import fc from 'fast-check';
import type { UserId } from '@dialog/shared/contract/values';
import { wantedWords } from '@dialog/shared/words';
import { expect, test } from 'vitest';
import { newKeyBytes, toSealingKey } from '../platform/crypto/sealing.ts';
import { newId } from '../platform/ids.ts';
import { createSearchTerms, kindsOf, TOKEN_BYTES, tokensIn } from './search.tokens.ts';

const terms = createSearchTerms(Buffer.alloc(32, 7));
const aMessage = (text: string) => ({ senderId: newId<UserId>(), text });
const hex = (buffers: readonly Buffer[]): string[] => buffers.map((buffer) => buffer.toString('hex'));

test('every word of a message and every beginning of it from two letters on leads to the message', () => {
  const word = fc.stringMatching(/^[a-zäöüßéа-я]{2,14}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (said, which, cut) => {
      const indexed = hex(terms.ofMessage(aMessage(said.join(' '))));
      const wanted = said[which % said.length] ?? '';
      const beginning = wanted.slice(0, 2 + (cut % (wanted.length - 1)));
      for (const one of [...wantedWords(wanted), ...wantedWords(beginning)])
        expect(indexed).toContain(terms.ofWanted(one).toString('hex'));
    }),
  );
});

test('a message has few terms: at most four for each of its words', () => {
  const message = aMessage('everything considered, navigation afterwards');
  expect(terms.ofMessage(message)).toHaveLength(1 + 4 * 4);
  expect(terms.ofMessage(aMessage('so so so'))).toHaveLength(2);
});

test('a token is made by the server and the chat together, and tells neither word nor chat', () => {
  const [one, other] = [toSealingKey(newKeyBytes()), toSealingKey(newKeyBytes())];
  const term = terms.ofWanted({ word: 'harbour', isBeginning: false });
  const [token] = tokensIn(one, [term]);
  expect(token).toHaveLength(TOKEN_BYTES);
  expect(hex(tokensIn(one, [term, term]))).toEqual(hex([token!, token!]));
  expect(hex(tokensIn(other, [term]))).not.toEqual(hex([token!]));
  const elsewhere = createSearchTerms(Buffer.alloc(32, 8)).ofWanted({ word: 'harbour', isBeginning: false });
  expect(hex(tokensIn(one, [elsewhere]))).not.toEqual(hex([token!]));
});

test('addresses are links, words about them are not', () => {
  expect(kindsOf(aMessage('see https://harbour.example'))).toEqual(['link']);
  expect(kindsOf(aMessage('http is a protocol'))).toEqual([]);
});
