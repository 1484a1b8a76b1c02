import { expect, test } from 'vitest';
import { listenForTalk } from './pushToTalk.ts';

function aPage() {
  const page = new EventTarget();
  const said: boolean[] = [];
  let isTaken = false;
  const stop = listenForTalk({ page, isTaken: () => isTaken, talk: (isTalking) => said.push(isTalking) });
  const key = (type: string, more: object = {}): boolean =>
    !page.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), { code: 'Space', ...more }));
  return {
    said,
    stop,
    press: (more?: object) => key('keydown', more),
    release: () => key('keyup'),
    turnAway: () => page.dispatchEvent(new Event('blur')),
    takeKey: (is: boolean) => (isTaken = is),
  };
}

test('one is heard as long as the key is held, however often it repeats', () => {
  const { said, press, release } = aPage();
  expect(press()).toBe(true);
  press({ repeat: true });
  release();
  expect(said).toEqual([true, false]);
});

test('who turns to another window, or out of the call, is heard no longer, though the key was let go elsewhere', () => {
  const { said, press, turnAway, stop } = aPage();
  press();
  turnAway();
  expect(said).toEqual([true, false]);
  // Still down when one comes back: it speaks up again only when it is pressed anew.
  press({ repeat: true });
  expect(said).toEqual([true, false]);
  press();
  stop();
  expect(said).toEqual([true, false, true, false]);
  press();
  expect(said).toHaveLength(4);
});

test('a space that is typed, or belongs to a button, is no word; let go anywhere it ends one', () => {
  const { said, press, release, takeKey } = aPage();
  takeKey(true);
  expect(press()).toBe(false);
  expect(press({ ctrlKey: true })).toBe(false);
  takeKey(false);
  press();
  takeKey(true);
  release();
  expect(said).toEqual([true, false]);
});
