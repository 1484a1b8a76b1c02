import type { DirectLink } from './direct.link.ts';

/** Louder than breath and a fan; both browsers tell a voice as 0.02 to 0.5. */
const AUDIBLE = 0.015;
/** Nobody stops speaking between two words. */
const PAUSE_MS = 800;

interface Other {
  readonly identity: string;
  readonly link: Pick<DirectLink, 'trackOf' | 'level' | 'myLevel'>;
}

/** Who of the two speaks, from how loud each was at each look. */
export function createSpeaking(now: () => number, me: string) {
  const heardAt = new Map<string, number>();
  let heard = '';

  function hear(identity: string, level: number | undefined): void {
    if (level !== undefined && level > AUDIBLE) heardAt.set(identity, now());
  }

  function isSpeaking(identity: string): boolean {
    return now() - (heardAt.get(identity) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS;
  }

  return {
    /** Whether others speak now than at the look before. */
    look({ identity, link }: Other): boolean {
      hear(identity, link.trackOf('microphone') ? link.level() : 0);
      void link.myLevel().then((level) => hear(me, level));
      const before = heard;
      heard = [me, identity].filter(isSpeaking).join(' ');
      return heard !== before;
    },
    isSpeaking,
    /** 0: not yet. */
    spokeAt: (identity: string): number => heardAt.get(identity) ?? 0,
  };
}
