import { expect, test } from 'vitest';
import { beside, intoColumns } from './columns.ts';

const gifs = [1, 2, 1, 1, 1].map((height, index) => ({
  id: `${index}`,
  title: '',
  width: 100,
  height: height * 100,
  picture: '',
}));
const columns = intoColumns(gifs);

test('columns fill evenly, in the order of the answer', () => {
  expect(columns.map((cells) => cells.map(({ index }) => index))).toEqual([
    [0, 2, 3],
    [1, 4],
  ]);
});

test('arrows lead to what is to be seen there, and out at the top', () => {
  expect(beside(columns, 0, 'ArrowDown')).toBe(2);
  expect(beside(columns, 0, 'ArrowRight')).toBe(1);
  expect(beside(columns, 4, 'ArrowLeft')).toBe(3);
  expect(beside(columns, 0, 'ArrowUp')).toBeUndefined();
  expect(beside(columns, 1, 'ArrowRight')).toBeUndefined();
});
