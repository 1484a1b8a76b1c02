import type { Clock } from '../../platform/clock.ts';
import { mixOthers } from './othersSound.ts';
import { canRecognise, type RecognitionMaker, recognise } from './recogniser.ts';

/** Without new words they have been read. */
const SHOWN_MS = 6_000;

interface Captioning {
  readonly maker: RecognitionMaker | undefined;
  readonly language: string;
  readonly clock: Clock;
  /** The last words of the others; empty when nobody has spoken for a while. */
  readonly write: (words: string) => void;
  /** It does not work here after all. */
  readonly failed: () => void;
}

/** Writes down what one hears of the others, where that stays on this device, until told to stop. */
export function writeCaptions({ maker, language, clock, write, failed }: Captioning): () => void {
  let stop = (): void => {};
  let isOver = false;

  function begin(here: RecognitionMaker): void {
    const { track, stop: unmix } = mixOthers();
    let forget = (): void => {};
    const show = (words: string): void => {
      write(words);
      forget();
      forget = clock.after(SHOWN_MS, () => write(''));
    };
    const unhear = track && recognise({ maker: here, language, track, now: clock.now, write: show, failed });
    stop = () => {
      forget();
      unhear?.();
      unmix();
    };
  }

  void canRecognise(maker, language).then((can) => can && maker && !isOver && begin(maker));
  return () => {
    isOver = true;
    stop();
  };
}
