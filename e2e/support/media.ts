import type { Page } from 'playwright-core';

/** What someone's video element shows, looked at twice. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Average of red, green and blue, 0 to 255. */
  readonly brightness: number;
  /** Share of the sampled pixels that differ between two looks half a second apart. */
  readonly changed: number;
}

/**
 * Decoded pixels of the videos that `selector` finds, drawn to a canvas: an element that exists proves nothing, and
 * neither does a black one.
 */
export function lookAt(page: Page, selector: string): Promise<Picture[]> {
  return page.evaluate(async (css) => {
    const look = (video: HTMLVideoElement): Uint8ClampedArray => {
      const canvas = document.createElement('canvas');
      canvas.width = 64;
      canvas.height = 48;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context?.drawImage(video, 0, 0, canvas.width, canvas.height);
      return context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    };
    const videos = [...document.querySelectorAll<HTMLVideoElement>(css)];
    const before = videos.map(look);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return videos.map((video, index) => {
      const [one, other] = [before[index] ?? new Uint8ClampedArray(), look(video)];
      let sum = 0;
      let changed = 0;
      for (let at = 0; at < other.length; at += 4) {
        for (let colour = 0; colour < 3; colour += 1) sum += other[at + colour] ?? 0;
        if ([0, 1, 2].some((colour) => Math.abs((one[at + colour] ?? 0) - (other[at + colour] ?? 0)) > 24))
          changed += 1;
      }
      const pixels = other.length / 4;
      return {
        width: video.videoWidth,
        height: video.videoHeight,
        brightness: sum / pixels / 3,
        changed: changed / pixels,
      };
    });
  }, selector);
}

/** The loudest of two and a half seconds (the fake microphone beeps once a second) of each remote sound, as RMS of 0 to 1. */
export function listen(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const context = new AudioContext();
    await context.resume();
    const streams = [...document.querySelectorAll<HTMLMediaElement>('audio')]
      .map((element) => element.srcObject)
      .filter((source): source is MediaStream => source instanceof MediaStream && source.getAudioTracks().length > 0);
    const analysers = streams.map((stream) => {
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(stream).connect(analyser);
      return analyser;
    });
    const loudest = analysers.map(() => 0);
    for (let look = 0; look < 50; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const [index, analyser] of analysers.entries()) {
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
        loudest[index] = Math.max(loudest[index] ?? 0, rms);
      }
    }
    await context.close();
    return loudest;
  });
}
