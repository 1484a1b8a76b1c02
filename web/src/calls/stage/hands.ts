import type { Participant } from '../transport/media.transport.ts';

type Hand = Pick<Participant, 'identity' | 'hand'>;

/** Whose hands are up, who raised theirs first before the others. */
export function raisedHands<One extends Hand>(people: readonly One[]): readonly One[] {
  return people
    .filter((one) => one.hand !== null)
    .toSorted((a, b) => (a.hand ?? 0) - (b.hand ?? 0) || (a.identity < b.identity ? -1 : 1));
}

/** The how manieth this hand is, from 1; 0: it is down. */
export function placeOfHand(people: readonly Hand[], identity: string): number {
  return raisedHands(people).findIndex((one) => one.identity === identity) + 1;
}
