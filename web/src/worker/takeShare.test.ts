import { expect, test } from 'vitest';
import { sharedText } from './takeShare.ts';

function aForm(parts: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.append(name, value);
  return form;
}

test.each([
  [{ text: ' Look at this ' }, 'Look at this'],
  [{ title: 'The Paper', url: 'https://paper.example/1' }, 'The Paper\nhttps://paper.example/1'],
  [{ title: 'The Paper', text: 'A word', url: 'https://p.example' }, 'The Paper\nA word\nhttps://p.example'],
  [
    { title: 'The Paper', text: 'The Paper https://p.example', url: 'https://p.example' },
    'The Paper https://p.example',
  ],
  [{ title: '', text: '' }, ''],
  [{}, ''],
])('of %j nothing is said twice', (parts, text) => {
  expect(sharedText(aForm(parts))).toBe(text);
});
