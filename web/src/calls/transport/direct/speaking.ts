/** Louder than breath and a fan; both browsers tell a voice as 0.02 to 0.5. */
const AUDIBLE = 0.015;
/** Nobody stops speaking between two words. */
const PAUSE_MS = 800;

/** Who speaks, from how loud each was at each look. */
export function createSpeaking(now: () => number) {
  const heardAt = new Map<string, number>();
  return {
    hear(identity: string, level: number | undefined): void {
      if (level !== undefined && level > AUDIBLE) heardAt.set(identity, now());
    },
    isSpeaking: (identity: string): boolean => now() - (heardAt.get(identity) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS,
    /** 0: not yet. */
    spokeAt: (identity: string): number => heardAt.get(identity) ?? 0,
  };
}
