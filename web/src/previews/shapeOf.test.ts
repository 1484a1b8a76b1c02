import { expect, test } from 'vitest';
import { shapeOf } from './shapeOf.ts';

test.each([
  [800, 420, 'wide'],
  [300, 160, 'wide'],
  [400, 400, 'small'],
  [300, 800, 'small'],
  [120, 60, 'small'],
  [64, 64, 'small'],
] as const)('a picture of %i × %i is %s', (width, height, shape) => {
  expect(shapeOf({ width, height })).toBe(shape);
});
