import type { Page } from 'playwright-core';
import { until } from '../../e2e/support/children.ts';

/** When, by the clock of this machine in milliseconds. */
export interface Arrivals {
  /** The press that the clock runs from; of who does not press: none. */
  readonly pressedAt?: number;
  /** The first frame of the other one was presented. */
  readonly seenAt?: number;
  /** What an element of the page plays was decoded, and is no silence. */
  readonly heardAt?: number;
}

declare global {
  interface Window {
    benchArrivals: { pressedAt?: number; seenAt?: number; heardAt?: number };
  }
}

/** Listens where sound is played, and not where the page is drawn, which hears nothing while it draws. */
const EAR = `
const SAMPLES = 2_048;
/** The loudness, as RMS, of a tone that nobody takes for noise. */
const AUDIBLE = 0.01;
registerProcessor('bench-ear', class extends AudioWorkletProcessor {
  squares = 0;
  samples = 0;
  process([[samples = []]]) {
    for (const sample of samples) this.squares += sample * sample;
    this.samples += samples.length;
    if (this.samples < SAMPLES) return true;
    const isLoud = Math.sqrt(this.squares / this.samples) > AUDIBLE;
    this.squares = this.samples = 0;
    if (isLoud) this.port.postMessage(Date.now());
    return !isLoud;
  }
});`;

/** Once, of a page that takes code from nobody else. Loads it anew. */
export async function letNote(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
}

/** From now on the page notes it, in the same way on every page. `video`: CSS of the other one's picture. */
export async function noteArrivals(page: Page, video: string): Promise<void> {
  await page.evaluate(
    async ({ css, code }) => {
      const LOOK_EVERY_MS = 5;
      const noted: Window['benchArrivals'] = {};
      window.benchArrivals = noted;
      const context = new AudioContext();
      await context.audioWorklet.addModule(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      await context.resume();
      const heard = new Set<unknown>();

      const listen = (): void => {
        for (const { srcObject, muted } of document.querySelectorAll('audio')) {
          if (!(srcObject instanceof MediaStream) || muted || heard.has(srcObject)) continue;
          heard.add(srcObject);
          const ear = new AudioWorkletNode(context, 'bench-ear');
          context.createMediaStreamSource(srcObject).connect(ear);
          ear.port.addEventListener('message', ({ data }: MessageEvent<number>) => {
            noted.heardAt ??= data;
            clearInterval(listening);
            void context.close();
          });
          ear.port.start();
        }
      };
      const listening = setInterval(listen, LOOK_EVERY_MS);
      const look = (): void => {
        const found = document.querySelector<HTMLVideoElement>(css);
        if (found) found.requestVideoFrameCallback(() => (noted.seenAt ??= Date.now()));
        else requestAnimationFrame(look);
      };
      look();
      document.addEventListener('click', () => (noted.pressedAt ??= Date.now()), { once: true, capture: true });
    },
    { css: video, code: EAR },
  );
}

/** How long after the press each came, at either side. */
export async function arrivalsAt({ answerer, caller }: { readonly answerer: Page; readonly caller: Page }) {
  const read = (): Promise<Arrivals[]> =>
    Promise.all([answerer, caller].map((page) => page.evaluate(() => window.benchArrivals)));
  const isComplete = ({ seenAt, heardAt }: Arrivals): boolean => seenAt !== undefined && heardAt !== undefined;
  await until(async () => (await read()).every(isComplete), { what: 'sound and picture at both', everyMs: 100 });
  const [here = {}, there = {}] = await read();
  const since = (at = Number.NaN): number => at - (here.pressedAt ?? Number.NaN);
  return {
    answererSees: since(here.seenAt),
    answererHears: since(here.heardAt),
    callerSees: since(there.seenAt),
    callerHears: since(there.heardAt),
  };
}
