/** `talkingMuted`: one speaks, and nobody hears it. `dead`: one is not muted, and nothing at all comes in. */
export type MicrophoneHint = 'talkingMuted' | 'dead';

export interface Heard {
  /** Root of the mean square, 0 to 1. */
  readonly loudness: number;
  /** The largest sample, 0 to 1. */
  readonly peak: number;
  readonly isMuted: boolean;
  readonly atMs: number;
}

/** Speech, a hand's breadth from the microphone; rooms and keyboards are softer. */
const SPEECH = 0.025;
/** A word or two, not a cough. */
const TALK_MS = 500;
const TALK_WITHIN_MS = 1_500;
/** How long it is said after the last word. */
const SAID_MS = 4_000;
/** Less than the smallest step of sixteen bits. The quietest room gives more; a microphone switched off does not. */
const NOTHING = 1 / 65_536;
const DEAD_MS = 6_000;

/** Tells by what a microphone hears whether its owner should be told something. Feed it several times a second. */
export function createMicrophoneHints(): (heard: Heard) => MicrophoneHint | null {
  let before: Heard | null = null;
  let talk: { readonly atMs: number; readonly forMs: number }[] = [];
  let talkedAt = Number.NEGATIVE_INFINITY;
  let aliveAt = 0;

  function begin(atMs: number): void {
    talk = [];
    talkedAt = Number.NEGATIVE_INFINITY;
    aliveAt = atMs;
  }

  function isTalking({ loudness, atMs }: Heard, passedMs: number): boolean {
    talk = talk.filter((one) => atMs - one.atMs < TALK_WITHIN_MS);
    if (loudness > SPEECH) talk.push({ atMs, forMs: passedMs });
    if (talk.reduce((sum, { forMs }) => sum + forMs, 0) >= TALK_MS) talkedAt = atMs;
    return atMs - talkedAt < SAID_MS;
  }

  return (heard) => {
    const { isMuted, atMs, peak } = heard;
    const passedMs = atMs - (before?.atMs ?? atMs);
    if (before?.isMuted !== isMuted) begin(atMs);
    before = heard;
    if (isMuted) return isTalking(heard, passedMs) ? 'talkingMuted' : null;
    if (peak > NOTHING) aliveAt = atMs;
    return atMs - aliveAt >= DEAD_MS ? 'dead' : null;
  };
}
