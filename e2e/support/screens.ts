import type { Page } from 'playwright-core';
import type { Guest } from './world.ts';

/** As large as most screens. */
const SCREEN = { width: 1920, height: 1080 };

/** A picture of half the size is far above it (a test says so); what AV1 makes of letters is far below. */
export const WRONG_MAX = 0.001;
/** Of 255, on average. A little is lost already on the way from red, green and blue to what video is made of. */
export const MEAN_MAX = 5;

/** Higher than any voice of the fake microphones. */
const TONE_HZ = 3_000;

/**
 * In place of the browser's picker: full screens of small letters, each pick another one, with a tone as their sound.
 * Nothing in them moves, and they are given anew as often as Chromium gives a real screen that stands still (measured on
 * a tab).
 */
export async function givesScreens(guest: Guest): Promise<void> {
  await guest.context.addInitScript(
    ({ width, height, toneHz }) => {
      const screens: { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D }[] = [];

      function write(context: CanvasRenderingContext2D, page: number): void {
        context.fillStyle = '#ffffff';
        context.fillRect(0, 0, width, height);
        context.fillStyle = '#111111';
        context.font = '15px monospace';
        for (let line = 0; line < 54; line += 1) {
          let text = `${page}.${line} `;
          for (let word = 0; word < 36; word += 1)
            text += `${(page * 7919 + line * 104_729 + word * 15_485) % 99_991} `;
          context.fillText(text, 8, 16 + line * 20);
        }
      }

      function pick(options: DisplayMediaStreamOptions): MediaStream {
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        const context = canvas.getContext('2d', { willReadFrequently: true });
        if (!context) throw new Error('no canvas');
        screens.push({ canvas, context });
        write(context, screens.length);
        const stream = canvas.captureStream();
        const [video] = stream.getVideoTracks();
        if (!video) throw new Error('no track');
        standStill(video, context);
        if (options.audio) for (const track of tone()) stream.addTrack(track);
        return stream;
      }

      /** Gives what does not change so many times a second as the page asks for, and once if it does not. */
      function standStill(video: MediaStreamTrack, context: CanvasRenderingContext2D): void {
        let everyMs = 1_000;
        video.applyConstraints = async ({ frameRate } = {}) => {
          if (typeof frameRate === 'object' && frameRate.min !== undefined) everyMs = 1_000 / frameRate.min;
        };
        const again = (): void => {
          context.fillStyle = '#ffffff';
          context.fillRect(0, 0, 1, 1);
          if (video.readyState === 'live') setTimeout(again, everyMs);
        };
        again();
      }

      function tone(): MediaStreamTrack[] {
        const sounds = new AudioContext();
        const oscillator = new OscillatorNode(sounds, { frequency: toneHz });
        const out = sounds.createMediaStreamDestination();
        oscillator.connect(new GainNode(sounds, { gain: 0.2 })).connect(out);
        oscillator.start();
        return out.stream.getAudioTracks();
      }

      function rewrite(index: number, page: number): void {
        const { context } = screens[index] ?? {};
        if (context) write(context, page);
      }

      Object.defineProperty(window, 'rewriteScreen', { value: rewrite });
      Object.defineProperty(window, 'sharedScreens', { value: screens });
      let isClosedByHand = false;
      Object.defineProperty(window, 'closePicker', { value: () => (isClosedByHand = true) });
      if (typeof navigator.mediaDevices === 'undefined') return;
      navigator.mediaDevices.getDisplayMedia = async (options = {}) => {
        if (!isClosedByHand) return pick(options);
        isClosedByHand = false;
        throw new DOMException('closed', 'NotAllowedError');
      };
    },
    { ...SCREEN, toneHz: TONE_HZ },
  );
}

declare global {
  interface Window {
    readonly sharedScreens: readonly { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D }[];
    /** Other letters on the screen that was picked so many-th. */
    readonly rewriteScreen: (index: number, page: number) => void;
    /** The next pick is given up. */
    readonly closePicker: () => void;
    readonly pixels: {
      readonly greyOf: (data: Uint8ClampedArray) => Uint8Array;
      readonly toText: (bytes: Uint8Array) => string;
      readonly fromText: (text: string) => Uint8Array;
      readonly compare: (selector: string, wanted: Uint8Array) => Difference;
      readonly differenceOf: (
        seen: Uint8Array,
        wanted: Uint8Array,
      ) => { readonly mean: number; readonly wrong: number };
    };
  }
}

/** How decoded pixels differ from those that were shared. */
export interface Difference {
  readonly width: number;
  readonly height: number;
  /** Of brightness, on average, of 255. */
  readonly mean: number;
  /** Share of the pixels that are off by more than a quarter of the way from black to white. */
  readonly wrong: number;
}

/** The pixels of the screen that this page shared as its `pick`th, without colour. */
export function pixelsShared({ page }: Guest, pick: number): Promise<string> {
  return page.evaluate(async (index) => {
    const { canvas, context } = window.sharedScreens[index] ?? {};
    if (!canvas || !context) throw new Error('nothing was shared');
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return window.pixels.toText(window.pixels.greyOf(data));
  }, pick);
}

/** Compares what a video shows, at full size, with pixels that were shared. */
export function compare(page: Page, selector: string, shared: string): Promise<Difference> {
  return page.evaluate(({ css, want }) => window.pixels.compare(css, window.pixels.fromText(want)), {
    css: selector,
    want: shared,
  });
}

/**
 * Watches for a video to show what was shared, and answers how many ms after `since` was on the page it did. Measured in
 * the page: on a busy machine asking takes longer than what is asked for.
 */
export async function watchSharp(
  page: Page,
  { selector, since, shared }: Record<'selector' | 'since' | 'shared', string>,
) {
  const watch = await page.evaluateHandle(
    ({ css, from, want, wrongMax }) => {
      const wanted = window.pixels.fromText(want);
      const told: { ms: number | null } = { ms: null };
      let sinceAt: number | null = null;
      let seenTime = -1;
      const timer = setInterval(() => {
        if (document.querySelector(from)) sinceAt ??= performance.now();
        const video = document.querySelector<HTMLVideoElement>(css);
        // Each frame once.
        if (!video || sinceAt === null || video.currentTime === seenTime) return;
        seenTime = video.currentTime;
        const seenAt = performance.now();
        if (window.pixels.compare(css, wanted).wrong > wrongMax) return;
        told.ms = seenAt - sinceAt;
        clearInterval(timer);
      }, 50);
      return told;
    },
    { css: selector, from: since, want: shared, wrongMax: WRONG_MAX },
  );
  return { ms: () => watch.evaluate(({ ms }) => ms) };
}

/** The same for a picture of half the size, blown up again: what a share that saves pixels would look like. */
export function compareHalf({ page }: Guest, pick: number): Promise<Omit<Difference, 'width' | 'height'>> {
  return page.evaluate((index) => {
    const { canvas, context } = window.sharedScreens[index] ?? {};
    if (!canvas || !context) throw new Error('nothing was shared');
    const half = new OffscreenCanvas(canvas.width / 2, canvas.height / 2);
    half.getContext('2d')?.drawImage(canvas, 0, 0, half.width, half.height);
    const whole = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    whole?.drawImage(half, 0, 0, canvas.width, canvas.height);
    const size = [0, 0, canvas.width, canvas.height] as const;
    const blurred = window.pixels.greyOf(whole?.getImageData(...size).data ?? new Uint8ClampedArray());
    return window.pixels.differenceOf(blurred, window.pixels.greyOf(context.getImageData(...size).data));
  }, pick);
}

/** Gives the pages of a guest what they need to compare. */
export async function comparesPixels(guest: Guest): Promise<void> {
  await guest.context.addInitScript(() => {
    const pixels: Window['pixels'] = {
      greyOf(data) {
        const part = (at: number): number => data[at] ?? 0;
        const grey = new Uint8Array(data.length / 4);
        for (let at = 0; at < data.length; at += 4)
          grey[at / 4] = (part(at) * 77 + part(at + 1) * 150 + part(at + 2) * 29) >> 8;
        return grey;
      },
      toText(bytes) {
        let text = '';
        for (let at = 0; at < bytes.length; at += 32_768)
          text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
        return btoa(text);
      },
      fromText: (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)),
      compare(selector, wanted) {
        const video = document.querySelector<HTMLVideoElement>(selector);
        const { videoWidth: width = 0, videoHeight: height = 0 } = video ?? {};
        if (!video || width * height !== wanted.length) return { width, height, mean: 255, wrong: 1 };
        const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        context?.drawImage(video, 0, 0);
        const seen = pixels.greyOf(context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray());
        return { width, height, ...pixels.differenceOf(seen, wanted) };
      },
      differenceOf(seen, wanted) {
        let sum = 0;
        let wrong = 0;
        // Two million of them: nothing slower than this.
        for (let at = 0; at < wanted.length; at += 1) {
          const off = Math.abs((seen[at] ?? 0) - (wanted[at] ?? 0));
          sum += off;
          if (off > 64) wrong += 1;
        }
        return { mean: sum / wanted.length, wrong: wrong / wanted.length };
      },
    };
    Object.defineProperty(window, 'pixels', { value: pixels });
  });
  await guest.page.reload();
}

/** How loud the shared tone is in what this page plays, from 0 to 255 of the analyser's scale. */
export function toneHeard({ page }: Guest): Promise<number> {
  return page.evaluate(async (toneHz) => {
    const context = new AudioContext();
    await context.resume();
    const analysers = [...document.querySelectorAll<HTMLMediaElement>('audio')].flatMap(({ srcObject }) => {
      if (!(srcObject instanceof MediaStream) || srcObject.getAudioTracks().length === 0) return [];
      const analyser = new AnalyserNode(context, { fftSize: 2_048 });
      context.createMediaStreamSource(srcObject).connect(analyser);
      return [analyser];
    });
    const looks: number[] = [];
    while (looks.length < 20) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const loudness = analysers.map((analyser) => {
        const bins = new Uint8Array(analyser.frequencyBinCount);
        analyser.getByteFrequencyData(bins);
        return bins[Math.round((toneHz * 2_048) / context.sampleRate)] ?? 0;
      });
      looks.push(Math.max(0, ...loudness));
    }
    await context.close();
    return looks.toSorted((a, b) => a - b)[looks.length / 2] ?? 0;
  }, TONE_HZ);
}
