/** How often the other side is asked whether it is there, and how long it may take: a loss is shown within 3 s. */
export const BEAT_EVERY_MS = 500;
const SILENCE_MS = 1_900;
/** Whoever is doubted has a beat in which to answer. */
const DOUBT_MS = BEAT_EVERY_MS + 100;

/** Asks and listens; says when the answers stop and when they come again. */
export function createLinkWatch({
  now,
  beat,
  flows = () => false,
  tell,
}: {
  readonly now: () => number;
  readonly beat: () => void;
  /** Whether media came since it was asked last. */
  readonly flows?: () => boolean;
  readonly tell: (isUp: boolean) => void;
}) {
  let heardAt = now();
  let isUp = true;
  let isDumb = false;
  let turnedAt = now();

  function settle(isThere: boolean): void {
    const next = isThere && !isDumb;
    if (next === isUp) return;
    isUp = next;
    tell(next);
  }

  return {
    /** Call every BEAT_EVERY_MS, as well as the page can. */
    turn(): void {
      // While the page itself stood still (a busy machine, a tab in the background) nobody could have been heard.
      const late = now() - turnedAt - BEAT_EVERY_MS;
      if (late > 0) heardAt += late;
      turnedAt = now();
      beat();
      // A busy machine answers late, and to begin anew would make it busier: what flows keeps a link, and brings none back.
      if (flows() && isUp) heardAt = Math.max(heardAt, now() - BEAT_EVERY_MS);
      settle(now() - heardAt <= SILENCE_MS);
    },
    heard(): void {
      heardAt = now();
      settle(true);
    },
    /** Whether the media have no way, though the other side answers. */
    dumb(is: boolean): void {
      isDumb = is;
      settle(now() - heardAt <= SILENCE_MS);
    },
    /** A part of the connection broke, by which the others are not heard. */
    doubted(): void {
      // What flowed before that says nothing.
      flows();
      heardAt = Math.min(heardAt, now() - SILENCE_MS + DOUBT_MS);
    },
    /** The connection itself said that it broke. */
    broken(): void {
      heardAt = Number.NEGATIVE_INFINITY;
      settle(false);
    },
  };
}
