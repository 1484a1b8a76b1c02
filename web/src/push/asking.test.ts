import { expect, test } from 'vitest';
import { type Asked, askedIn, mayAsk, NEVER_ASKED, withMessage, withRefusal } from './asking.ts';
import { browserOf } from './browsers.ts';

const DAY_MS = 86_400_000;
const READY: Asked = { messages: 3, refusedAt: [] };

test('nobody is asked before a few messages have come or gone', () => {
  let asked = NEVER_ASKED;
  expect(mayAsk(asked, 0)).toBe(false);
  for (let count = 0; count < 3; count += 1) asked = withMessage(asked);
  expect(mayAsk(asked, 0)).toBe(true);
  expect(withMessage(asked)).toBe(asked);
});

test('"not now" holds for thirty days, and twice for good', () => {
  const once = withRefusal(READY, DAY_MS);
  expect(mayAsk(once, 30 * DAY_MS)).toBe(false);
  expect(mayAsk(once, 31 * DAY_MS)).toBe(true);
  expect(mayAsk(withRefusal(once, 31 * DAY_MS), 4_000 * DAY_MS)).toBe(false);
});

test('what was remembered is read back, and nonsense as nothing', () => {
  expect(askedIn(JSON.stringify(withRefusal(READY, 5)))).toEqual({ messages: 3, refusedAt: [5] });
  for (const text of [null, '', '{', '{"messages":"many"}', '[]']) expect(askedIn(text)).toEqual(NEVER_ASKED);
});

test.each([
  [
    'chrome',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    0,
  ],
  [
    'edge',
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    0,
  ],
  [
    'android',
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
    5,
  ],
  ['firefox', 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 5],
  ['firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 0],
  [
    'ios',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1',
    5,
  ],
  ['ios', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15', 5],
  ['safari', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15', 0],
  ['unknown', 'Lynx/2.9', 0],
])('%s is known by what it says of itself', (kind, userAgent, maxTouchPoints) => {
  expect(browserOf({ userAgent, maxTouchPoints })).toBe(kind);
});
