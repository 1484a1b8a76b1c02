import { expect, test } from 'vitest';
import { likelyLanguages, recognisedAmong } from './languages.ts';
import type { RecognitionMaker } from './recogniser.ts';

test('the language of the page comes first, in the places that the browser prefers', () => {
  const likely = likelyLanguages({ language: 'de', preferred: ['en-GB', 'de-AT', 'de', 'en'] });
  expect(likely.slice(0, 3)).toEqual(['de-AT', 'de-DE', 'en-GB']);
  expect(likely).toContain('fr-FR');
  expect(new Set(likely).size).toBe(likely.length);
  expect(likelyLanguages({ language: 'en', preferred: [] })[0]).toBe('en-US');
});

test('only what the browser recognises on the device is offered, and each language once', async () => {
  const available = ({ langs }: { langs: readonly string[] }): Promise<string> =>
    Promise.resolve(langs[0] === 'en-GB' ? 'downloadable' : 'available');
  const maker = { available, prototype: { processLocally: true } } as unknown as RecognitionMaker;
  expect(await recognisedAmong(maker, ['de-AT', 'de-DE', 'en-GB', 'en-US'])).toEqual(['de-AT', 'en-US']);
  expect(await recognisedAmong(undefined, ['de-DE', 'fr-FR'])).toEqual([]);
});
