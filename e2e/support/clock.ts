import type { Locator, Page } from 'playwright-core';

interface Waited {
  /** CSS of what is looked at. */
  readonly selector: string;
  /** Which of it: text that it holds; none: any. */
  readonly text?: string;
  readonly until: 'there' | 'gone';
}

/** Notes on the page itself when it came about: between two looks of a driver lies more than some promises allow. */
export interface Sight {
  /** When it came about, by the clock of this machine in milliseconds. Rejects after 30 s. */
  at(): Promise<number>;
}

/** From now on the page watches. Pages and tests on one machine share the clock that `now` reads. */
export async function watchFor(page: Page, waited: Waited): Promise<Sight> {
  const seen = await page.evaluateHandle(
    ({ selector, text, until }) => {
      const at = new Promise<number>((resolve, reject) => {
        const holds = (): boolean =>
          [...document.querySelectorAll(selector)].some((each) => each.textContent.includes(text)) ===
          (until === 'there');
        const observer = new MutationObserver(() => {
          if (holds()) done();
        });
        const done = (): void => {
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        };
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        setTimeout(() => reject(new Error(`not ${until}: ${selector} ${text}`)), 30_000);
        if (holds()) done();
      });
      // Whoever asks later hears of it.
      at.catch(() => undefined);
      return { at };
    },
    { text: '', ...waited },
  );
  return { at: () => seen.evaluate(({ at }) => at) };
}

/** Presses a button and answers when. A driver looks first whether it can: that takes it longer than some promises allow. */
export async function pressed(button: Locator): Promise<number> {
  await button.waitFor();
  return button.evaluate((element: HTMLElement) => {
    const at = performance.timeOrigin + performance.now();
    element.click();
    return at;
  });
}

/** The clock that sights are noted by. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
