/** Run in the page by Playwright, each by itself: nothing from outside of a function is there. */

export interface Scrolled {
  /** Frames that were due and did not come, of all that were due. */
  readonly droppedShare: number;
  readonly longestFrameMs: number;
  readonly frames: number;
  readonly messages: number;
  readonly rowsInDomMax: number;
}

export interface ScrollAsked {
  readonly row: string;
  /** Different messages to come by. */
  readonly messages: number;
  readonly stepPx: number;
}

/** Scrolls up, a step each frame, until so many messages have come by. */
export async function scrollUp({ row, messages, stepPx }: ScrollAsked): Promise<Scrolled> {
  const DUE_MS = 1_000 / 60;
  const LOOK_EVERY = 8;
  const PATIENCE_MS = 300_000;
  let scroller = document.querySelector(row)?.parentElement ?? null;
  while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
  if (!scroller) throw new Error('nothing scrolls');
  const seen = new Set<string>();
  let [due, dropped, longest, rowsMax, frames] = [0, 0, 0, 0, 0];
  const startedAt = performance.now();
  let before = await new Promise<number>(requestAnimationFrame);
  while (seen.size < messages && performance.now() - startedAt < PATIENCE_MS) {
    scroller.scrollTop -= stepPx;
    const now = await new Promise<number>(requestAnimationFrame);
    const owed = Math.max(1, Math.round((now - before) / DUE_MS));
    due += owed;
    dropped += owed - 1;
    longest = Math.max(longest, now - before);
    before = now;
    frames += 1;
    if (frames % LOOK_EVERY > 0) continue;
    const rows = document.querySelectorAll(row);
    rowsMax = Math.max(rowsMax, rows.length);
    for (const one of rows) seen.add(one.getAttribute('data-message') ?? '');
  }
  return { droppedShare: dropped / due, longestFrameMs: longest, frames, messages: seen.size, rowsInDomMax: rowsMax };
}

/** Presses the button of the dialog; how long until it is gone and a message of that day is in view. */
export async function timeJump(day: string): Promise<number> {
  const PATIENCE_MS = 10_000;
  const dayOf = (at: string): string => {
    const date = new Date(at);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
  };
  const isShown = (): boolean => {
    if (document.querySelector('[role=dialog]')) return false;
    return [...document.querySelectorAll('main [data-message]')].some((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      const at = row.querySelector('time')?.dateTime;
      return bottom > 0 && top < innerHeight && at !== undefined && dayOf(at) === day;
    });
  };
  const button = [...document.querySelectorAll<HTMLButtonElement>('[role=dialog] button')].find(
    ({ textContent }) => textContent === 'Go',
  );
  if (!button) throw new Error('no dialog');
  const startedAt = performance.now();
  button.click();
  while (!isShown()) {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`not shown: ${day}`);
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - startedAt;
}

/** Scrolls in steps, and after each watches a row in view while pages come in: the farthest it moved by itself. */
export async function watchAnchor({ row, stepPx }: { readonly row: string; readonly stepPx: number }): Promise<number> {
  const STEPS = 6;
  const WATCHED_MS = 200;
  let scroller = document.querySelector(row)?.parentElement ?? null;
  while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
  if (!scroller) throw new Error('nothing scrolls');
  const frame = (): Promise<number> => new Promise(requestAnimationFrame);
  let worst = 0;
  for (let step = 0; step < STEPS; step += 1) {
    scroller.scrollBy(0, stepPx);
    await frame();
    await frame();
    const box = scroller.getBoundingClientRect();
    const anchor = [...document.querySelectorAll(row)].find(
      (one) => one.getBoundingClientRect().top > box.top + box.height / 3,
    );
    if (!anchor) continue;
    const before = anchor.getBoundingClientRect().top;
    const until = performance.now() + WATCHED_MS;
    while (performance.now() < until) {
      await frame();
      if (anchor.isConnected) worst = Math.max(worst, Math.abs(anchor.getBoundingClientRect().top - before));
    }
  }
  return worst;
}
