import { expect, test } from 'vitest';
import { listenForHold, listenForTalk } from './pushToTalk.ts';
import { createTalkHolds } from './talkHolds.ts';

function aVoice() {
  const said: boolean[] = [];
  return { said, hold: createTalkHolds((isHeard) => said.push(isHeard)).hold };
}

/** Answers whether it is kept from the browser, and from whoever else would hear it. */
function happen(target: EventTarget, type: string, more: object = {}) {
  const event = Object.assign(new Event(type, { cancelable: true }), more);
  let isStopped = false;
  event.stopPropagation = () => (isStopped = true);
  const isPrevented = !target.dispatchEvent(event);
  return { isPrevented, isStopped };
}

const KEPT = { isPrevented: true, isStopped: true };
const LET_GO = { isPrevented: false, isStopped: false };

function aPage() {
  const page = new EventTarget();
  const { said, hold } = aVoice();
  let isTaken = false;
  const stop = listenForTalk({ page, isTaken: () => isTaken, hold });
  return {
    said,
    stop,
    press: (more?: object) => happen(page, 'keydown', { code: 'Space', ...more }),
    release: () => happen(page, 'keyup', { code: 'Space' }),
    turnAway: (how: string) => happen(page, how),
    takeKey: (is: boolean) => (isTaken = is),
  };
}

test('one is heard as long as the key is held, however often it repeats, and nothing else hears of it', () => {
  const { said, press, release } = aPage();
  expect(press()).toEqual(KEPT);
  expect(press({ repeat: true })).toEqual(KEPT);
  // Firefox presses a button when the key comes up.
  expect(release()).toEqual(KEPT);
  expect(said).toEqual([true, false]);
});

test('who turns to another window or tab, or out of the call, is heard no longer, though the key was let go elsewhere', () => {
  const { said, press, turnAway, stop } = aPage();
  for (const how of ['blur', 'visibilitychange']) {
    press();
    turnAway(how);
    expect(said.splice(0)).toEqual([true, false]);
  }
  // Still down when one comes back: it presses nothing, and speaks up again only when it is pressed anew.
  expect(press({ repeat: true })).toEqual(KEPT);
  expect(said).toEqual([]);
  press();
  stop();
  expect(said).toEqual([true, false]);
  expect(press()).toEqual(LET_GO);
  expect(said).toHaveLength(2);
});

test('a space that is typed, or belongs to a menu, is no word; let go anywhere it ends one', () => {
  const { said, press, release, takeKey } = aPage();
  takeKey(true);
  expect(press()).toEqual(LET_GO);
  expect(release()).toEqual(LET_GO);
  takeKey(false);
  expect(press({ ctrlKey: true })).toEqual(LET_GO);
  expect(said).toEqual([]);
  press();
  // The focus came into a text field meanwhile: not one space of those that repeat is written there.
  takeKey(true);
  expect(press({ repeat: true })).toEqual(KEPT);
  expect(release()).toEqual(KEPT);
  expect(said).toEqual([true, false]);
});

function aButton() {
  const button = Object.assign(new EventTarget(), { captured: [0], setPointerCapture: (id: number) => captured(id) });
  const captured = (id: number): void => void button.captured.push(id);
  const page = new EventTarget();
  const { said, hold } = aVoice();
  const stop = listenForHold({ button, page, hold });
  return {
    button,
    said,
    stop,
    down: (more: object = {}) => happen(button, 'pointerdown', { button: 0, pointerId: 7, ...more }),
    over: (how: string) => happen(button, how, { pointerId: 7 }),
    click: (detail: number) => happen(button, 'click', { detail }),
    turnAway: () => happen(page, 'blur'),
  };
}

test('one is heard as long as a pointer holds the button, wherever it slides, and a short click leaves nothing open', () => {
  const { button, said, down, over, click } = aButton();
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    down();
    expect(said.splice(0)).toEqual([true]);
    over(end);
    expect(said.splice(0)).toEqual([false]);
  }
  expect(button.captured.at(-1)).toBe(7);
  expect(click(1)).toMatchObject({ isStopped: true });
  expect(said).toEqual([]);
});

test('who turns away, or switches push to talk off, while they hold it is heard no longer', () => {
  const { said, down, turnAway, stop } = aButton();
  down();
  turnAway();
  expect(said).toEqual([true, false]);
  down();
  stop();
  expect(said).toEqual([true, false, true, false]);
});

test('a keyboard presses the button as ever, and so does what reads the screen; a long touch asks for no menu', () => {
  const { said, down, over, click } = aButton();
  expect(click(0)).toEqual(LET_GO);
  // A click without a pointer.
  expect(click(1)).toEqual(LET_GO);
  down();
  over('pointerup');
  // The click of that hold never came.
  expect(click(0)).toEqual(LET_GO);
  expect(over('contextmenu')).toMatchObject({ isPrevented: true });
  expect(down({ button: 2 })).toEqual(LET_GO);
  expect(said).toEqual([true, false]);
});

test('who holds key and button at once is heard until both are let go', () => {
  const { said, hold } = aVoice();
  const [letKeyGo, letButtonGo] = [hold(), hold()];
  letKeyGo();
  letKeyGo();
  expect(said).toEqual([true]);
  letButtonGo();
  expect(said).toEqual([true, false]);
});

test('whoever watches the microphone knows of each change by a hold that it is by a hold', () => {
  const seen: boolean[] = [];
  const holds = createTalkHolds(() => seen.push(holds.store.getState().isHeld));
  holds.hold()();
  expect(seen).toEqual([true, true]);
});
