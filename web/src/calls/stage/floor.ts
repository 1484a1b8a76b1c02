/** Shorter is a cough, a "yes" or a door. */
export const SPEECH_MS = 1_000;
/** Shorter is a breath within a sentence. */
export const PAUSE_MS = 800;

interface Voice {
  readonly since: number;
  readonly silentSince: number | null;
}

/** Who speaks, steady enough to look at. */
export interface Floor {
  /** Who is to be shown large; stays so in silence. */
  readonly speaker: string | null;
  /** Who speaks or only just stopped, since when, in ms. */
  readonly voices: ReadonlyMap<string, Voice>;
}

export const SILENCE: Floor = { speaker: null, voices: new Map() };

/**
 * Whoever speaks for a second has the floor, once who had it is silent for longer than a breath: two who speak at once
 * do not take turns on the screen.
 */
export function listen(before: Floor, speaking: ReadonlySet<string>, now: number): Floor {
  const voices = voicesNow(before.voices, speaking, now);
  if (before.speaker !== null && voices.has(before.speaker)) return { speaker: before.speaker, voices };
  const [next] = [...voices]
    .filter(([, { since, silentSince }]) => silentSince === null && now - since >= SPEECH_MS)
    .toSorted(([, a], [, b]) => a.since - b.since);
  return { speaker: next?.[0] ?? before.speaker, voices };
}

function voicesNow(before: Floor['voices'], speaking: ReadonlySet<string>, now: number): Floor['voices'] {
  const voices = new Map<string, Voice>();
  for (const [one, { since, silentSince }] of before) {
    const silent = silentSince ?? now;
    if (now - silent <= PAUSE_MS) voices.set(one, { since, silentSince: speaking.has(one) ? null : silent });
  }
  for (const one of speaking) if (!voices.has(one)) voices.set(one, { since: now, silentSince: null });
  return voices;
}

/** When to listen again though nobody began or stopped, in ms from now; null: not before somebody does. */
export function listenAgainIn({ speaker, voices }: Floor, now: number): number | null {
  const waits = [...voices]
    .filter(([one, { silentSince }]) => silentSince !== null || one !== speaker)
    .map(([, { since, silentSince }]) => (silentSince === null ? since + SPEECH_MS : silentSince + PAUSE_MS + 1) - now)
    .filter((wait) => wait > 0);
  return waits.length === 0 ? null : Math.min(...waits);
}
