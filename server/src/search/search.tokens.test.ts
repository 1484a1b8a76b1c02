import fc from 'fast-check';
import type { Attachment } from '@dialog/shared/attachments';
import type { UserId } from '@dialog/shared/contract/values';
import { wantedWords } from '@dialog/shared/words';
import { expect, test } from 'vitest';
import { newKeyBytes, toSealingKey } from '../platform/crypto/sealing.ts';
import { newId } from '../platform/ids.ts';
import { createSearchTerms, kindsOf, TOKEN_BYTES, tokensIn, type SearchedMessage } from './search.tokens.ts';

const terms = createSearchTerms(Buffer.alloc(32, 7));
const aMessage = (text: string, attachments?: Attachment[]): SearchedMessage => ({
  senderId: newId<UserId>(),
  content: { kind: 'text', text, ...(attachments ? { attachments } : {}) },
});
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

test('a file is found by its name and by its kind', () => {
  const file = {
    id: newId<Attachment['id']>(),
    kind: 'file' as const,
    name: 'Invoice 2026.pdf',
    mime: 'application/pdf',
    size: 1,
  };
  const message = aMessage('', [file]);
  expect(kindsOf(message)).toEqual(['file']);
  const indexed = hex(terms.ofMessage(message));
  for (const one of [...wantedWords('invoice'), ...wantedWords('pdf'), ...wantedWords('2026')])
    expect(indexed).toContain(terms.ofWanted(one).toString('hex'));
  expect(indexed).toContain(terms.ofKind('file').toString('hex'));
});

test('addresses are links, words about them are not', () => {
  expect(kindsOf(aMessage('see https://harbour.example'))).toEqual(['link']);
  expect(kindsOf(aMessage('http is a protocol'))).toEqual([]);
});
