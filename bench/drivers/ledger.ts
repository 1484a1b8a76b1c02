/** What went wrong on the way to the screens; all 0 or the figures mean nothing. */
export interface Faults {
  /** Never came. */
  readonly lost: number;
  /** Came again. */
  readonly double: number;
  /** Came after a later one of the same sender, or out of its place in the chat. */
  readonly misplaced: number;
  /** Came without anyone having sent it. */
  readonly unexpected: number;
}

export const NO_FAULTS: Faults = { lost: 0, double: 0, misplaced: 0, unexpected: 0 };

export function addFaults(one: Faults, other: Faults): Faults {
  return {
    lost: one.lost + other.lost,
    double: one.double + other.double,
    misplaced: one.misplaced + other.misplaced,
    unexpected: one.unexpected + other.unexpected,
  };
}

/** A message as a receiver sees it. Each sender numbers its own from 1. */
export interface Receipt {
  readonly sender: number;
  readonly number: number;
  /** Its place in the chat, where the system under test has such a thing. */
  readonly place: number | undefined;
}

/** One receiver's book: each message exactly once, in order. */
export interface Ledger {
  note(receipt: Receipt): void;
  /** Sender → its last number that was acknowledged. True when all of these are here. */
  isComplete(sent: ReadonlyMap<number, number>): boolean;
  close(sent: ReadonlyMap<number, number>): Faults;
}

export function createLedger(): Ledger {
  const lastOf = new Map<number, number>();
  const missing = new Map<number, Set<number>>();
  let lastPlace: number | undefined;
  let double = 0;
  let misplaced = 0;

  const noteLate = (sender: number, number: number): void => {
    if (missing.get(sender)?.delete(number)) misplaced += 1;
    else double += 1;
  };
  const noteGap = (sender: number, after: number, before: number): void => {
    const gap = missing.get(sender) ?? new Set();
    for (let number = after + 1; number < before; number += 1) gap.add(number);
    missing.set(sender, gap);
  };
  const notePlace = (place: number | undefined): void => {
    if (place === undefined) return;
    if (lastPlace !== undefined && place !== lastPlace + 1) misplaced += 1;
    lastPlace = place;
  };
  return {
    note({ sender, number, place }) {
      const last = lastOf.get(sender) ?? 0;
      if (number <= last) return noteLate(sender, number);
      if (number > last + 1) noteGap(sender, last, number);
      lastOf.set(sender, number);
      notePlace(place);
    },
    isComplete: (sent) =>
      [...sent].every(([sender, last]) => (lastOf.get(sender) ?? 0) >= last && !missing.get(sender)?.size),
    close(sent) {
      let lost = 0;
      let unexpected = 0;
      for (const [sender, last] of sent) {
        lost += (missing.get(sender)?.size ?? 0) + Math.max(0, last - (lastOf.get(sender) ?? 0));
        unexpected += Math.max(0, (lastOf.get(sender) ?? 0) - last);
      }
      for (const [sender, last] of lastOf) if (!sent.has(sender)) unexpected += last;
      return { lost, double, misplaced, unexpected };
    },
  };
}
