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

/** From now on the page notes it, in the same way on every page. `video`: CSS of the other one's picture. */
export async function noteArrivals(page: Page, video: string): Promise<void> {
  await page.evaluate(async (css) => {
    const LOOK_EVERY_MS = 5;
    /** The loudness, as RMS, of a tone that nobody takes for noise. */
    const AUDIBLE = 0.01;
    const noted: Window['benchArrivals'] = {};
    window.benchArrivals = noted;
    const now = (): number => performance.timeOrigin + performance.now();
    const context = new AudioContext();
    await context.resume();
    const analysers = new Map<unknown, AnalyserNode>();
    const samples = new Float32Array(2_048);

    const isLoud = (analyser: AnalyserNode): boolean => {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) > AUDIBLE;
    };
    const listen = (): void => {
      for (const { srcObject, muted } of document.querySelectorAll('audio')) {
        if (!(srcObject instanceof MediaStream) || muted || analysers.has(srcObject)) continue;
        const analyser = context.createAnalyser();
        context.createMediaStreamSource(srcObject).connect(analyser);
        analysers.set(srcObject, analyser);
      }
      if ([...analysers.values()].some(isLoud)) noted.heardAt ??= now();
      if (noted.heardAt === undefined) return;
      clearInterval(listening);
      void context.close();
    };
    const listening = setInterval(listen, LOOK_EVERY_MS);
    const look = (): void => {
      const found = document.querySelector<HTMLVideoElement>(css);
      if (found) found.requestVideoFrameCallback(() => (noted.seenAt ??= now()));
      else requestAnimationFrame(look);
    };
    look();
    document.addEventListener('click', () => (noted.pressedAt ??= now()), { once: true, capture: true });
  }, video);
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
