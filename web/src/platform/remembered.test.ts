import { expect, test } from 'vitest';
import { createRemembered } from './remembered.ts';

test('what was answered lately is not worked out again, and what was long unused is forgotten', () => {
  const asked: string[] = [];
  const lengthOf = createRemembered((text) => asked.push(text) && text.length, 2);
  expect([lengthOf('a'), lengthOf('bb'), lengthOf('a'), lengthOf('ccc')]).toEqual([1, 2, 1, 3]);
  expect(asked).toEqual(['a', 'bb', 'ccc']);
  lengthOf('a');
  lengthOf('bb');
  expect(asked).toEqual(['a', 'bb', 'ccc', 'bb']);
});
