import { expect, test } from 'vitest';
import { aUserId } from '../testing/ids.ts';
import { stateAt } from './ChatExtrasOf.ts';

const [ME, OTHER] = [aUserId(1), aUserId(2)];
const history = (readPosition: number, deliveredPosition: number) => ({
  cursors: new Map([
    [ME, { userId: ME, readPosition: 9, deliveredPosition: 9 }],
    [OTHER, { userId: OTHER, readPosition, deliveredPosition }],
  ]),
});

test('the list says how far the others have got with the last message, and nothing while it does not know', () => {
  expect(stateAt(5, history(0, 0), ME)).toBe('sent');
  expect(stateAt(5, history(4, 5), ME)).toBe('delivered');
  expect(stateAt(5, history(5, 5), ME)).toBe('read');
  expect(stateAt(5, undefined, ME)).toBeUndefined();
});
