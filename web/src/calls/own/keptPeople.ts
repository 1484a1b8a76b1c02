import { shallow } from 'zustand/vanilla/shallow';
import type { Participant } from '../transport/media.transport.ts';

/** Whoever vanished without leaving keeps their tile so long. */
export const TILE_KEPT_MS = 30_000;

/** Those who vanished without leaving, with the moment they did, in ms. */
export type Lost = ReadonlyMap<string, { readonly participant: Participant; readonly since: number }>;

interface Seen {
  /** Who is there according to the media path. */
  readonly present: readonly Participant[];
  /** Who left on purpose since the last look. */
  readonly left: ReadonlySet<string>;
  readonly now: number;
}

/** Keeps the places of those who vanished: nobody's tile jumps because a network blinked. */
export function keepLost(
  before: { readonly people: readonly Participant[]; readonly lost: Lost },
  { present, left, now }: Seen,
): { people: readonly Participant[]; lost: Lost } {
  const here = new Set(present.map((one) => one.identity));
  const gone = before.people.filter((one) => !one.isMe && !here.has(one.identity) && !left.has(one.identity));
  const lost = new Map(
    gone
      .map(
        (one) =>
          [
            one.identity,
            before.lost.get(one.identity) ?? {
              participant: {
                ...one,
                isLost: true,
                isSpeaking: false,
                camera: null,
                screen: null,
                hasScreenSound: false,
              },
              since: now,
            },
          ] as const,
      )
      .filter(([, { since }]) => now - since < TILE_KEPT_MS),
  );
  const everyone = [...present, ...[...lost.values()].map(({ participant }) => participant)];
  return { people: sameWhereEqual(before.people, inOrder(before.people, everyone)), lost };
}

/** The very object for whom nothing changed: nobody's tile is drawn anew for somebody else. */
function sameWhereEqual(before: readonly Participant[], now: readonly Participant[]): readonly Participant[] {
  const known = new Map(before.map((one) => [one.identity, one]));
  const people = now.map((one) => {
    const same = known.get(one.identity);
    return same && shallow(same, one) ? same : one;
  });
  return shallow(before, people) ? before : people;
}

/** Everyone keeps their place; newcomers come last, oneself first. */
function inOrder(before: readonly Participant[], people: readonly Participant[]): readonly Participant[] {
  const place = new Map(before.map((one, index) => [one.identity, index]));
  const placeOf = (one: Participant): number => (one.isMe ? -1 : (place.get(one.identity) ?? before.length));
  return people.toSorted((a, b) => placeOf(a) - placeOf(b));
}
