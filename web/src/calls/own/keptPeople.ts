import { shallow } from 'zustand/vanilla/shallow';
import type { Participant } from '../transport/media.transport.ts';

/** Whoever vanished without leaving keeps their tile so long, from when nothing came of them any more. */
export const TILE_KEPT_MS = 30_000;

export interface Kept {
  readonly people: readonly Participant[];
  /** Of whom nothing comes, since when, in ms. */
  readonly lost: ReadonlyMap<string, number>;
  /** When the next of those who vanished is kept no longer, in ms; null: nobody is. */
  readonly nextAt: number | null;
}

export const NOBODY_KEPT: Kept = { people: [], lost: new Map(), nextAt: null };

interface Seen {
  /** Who is there according to the media path. */
  readonly present: readonly Participant[];
  /** Who left on purpose since the last look. */
  readonly left: ReadonlySet<string>;
  readonly now: number;
}

/** Keeps the places of those who vanished: nobody's tile jumps because a network blinked. */
export function keepLost(before: Kept, { present, left, now }: Seen): Kept {
  const here = new Set(present.map((one) => one.identity));
  const sinceOf = ({ identity }: Participant): number => before.lost.get(identity) ?? now;
  const kept = before.people
    .filter((one) => !one.isMe && !here.has(one.identity) && !left.has(one.identity))
    .filter((one) => now - sinceOf(one) < TILE_KEPT_MS)
    .map((one) => ({
      ...one,
      ...{ isLost: true, isSpeaking: false, camera: null, screen: null, hasScreenSound: false },
    }));
  const lost = [...present.filter(({ isLost }) => isLost), ...kept];
  return {
    people: sameWhereEqual(before.people, inOrder(before.people, [...present, ...kept])),
    lost: new Map(lost.map((one) => [one.identity, sinceOf(one)])),
    nextAt: kept.length === 0 ? null : Math.min(...kept.map(sinceOf)) + TILE_KEPT_MS,
  };
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
