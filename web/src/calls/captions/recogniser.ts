/** The part of the browser's speech recognition that is needed; no library of types has all of it as yet. */
export interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally: boolean;
  onresult: ((event: { readonly results: Iterable<Iterable<{ readonly transcript: string }>> }) => void) | null;
  onend: (() => void) | null;
  start(track: MediaStreamTrack): void;
  abort(): void;
}

export interface RecognitionMaker {
  new (): Recognition;
  readonly prototype: object;
  readonly available?: (wish: {
    readonly langs: readonly string[];
    readonly processLocally: boolean;
  }) => Promise<string>;
}

/** When it ends by itself sooner than this it does not work, and is not begun again. */
const WORKS_MS = 1_000;
/** As much as is read at a glance. */
const WORDS_MAX = 24;

/**
 * Whether this browser writes down speech in this language on this device, and with what it has: nothing may be sent
 * away to be recognised, and nothing fetched for it. Anything but a plain "available" is a no.
 */
export async function canRecognise(maker: RecognitionMaker | undefined, language: string): Promise<boolean> {
  if (!maker?.available || !('processLocally' in maker.prototype)) return false;
  const answer = await maker.available({ langs: [language], processLocally: true }).catch(() => 'unavailable');
  return answer === 'available';
}

interface Listening {
  readonly maker: RecognitionMaker;
  readonly language: string;
  readonly track: MediaStreamTrack;
  readonly now: () => number;
  /** The last words, as far as they are known. */
  readonly write: (words: string) => void;
  /** It does not work, and has ended. */
  readonly failed: () => void;
}

/** Writes down what a track says, until told to stop. */
export function recognise({ maker, language, track, now, write, failed }: Listening): () => void {
  const recognition = new maker();
  recognition.lang = language;
  recognition.continuous = true;
  recognition.interimResults = true;
  recognition.processLocally = true;
  let isStopped = false;
  let begunAt = 0;

  function begin(): void {
    begunAt = now();
    recognition.start(track);
  }

  recognition.onresult = ({ results }) => {
    const said = [...results].map(([best]) => best?.transcript ?? '').join(' ');
    write(said.trim().split(/\s+/).slice(-WORDS_MAX).join(' '));
  };
  // Browsers end it at each longer silence, and at once where it does not work.
  recognition.onend = () => {
    if (isStopped || track.readyState !== 'live') return;
    if (now() - begunAt > WORKS_MS) begin();
    else failed();
  };
  begin();
  return () => {
    isStopped = true;
    recognition.abort();
  };
}
