/** Everyone's place on the stage, by identity. Who is in the first so many of them is on the first page. */
export type Seats = readonly string[];

/**
 * Who came later sits further back; a place that becomes free on the first page is taken by the first of the second,
 * and nobody else moves.
 */
export function seat(before: Seats, present: readonly string[], firstPage: number): Seats {
  const here = new Set(present);
  const known = new Set(before);
  const front = before.slice(0, firstPage);
  const back = before.slice(firstPage).filter((one) => here.has(one));
  const kept = front.flatMap((one) => (here.has(one) ? [one] : back.splice(0, 1)));
  const seats = [...kept, ...back, ...present.filter((one) => !known.has(one))];
  return isSame(before, seats) ? before : seats;
}

interface Promotion {
  /** Who speaks. */
  readonly speaker: string;
  /** Who is on the first page. */
  readonly front: readonly string[];
  /** Who never gives way: oneself, for instance. */
  readonly isFixed: (one: string) => boolean;
  /** When someone was last heard, in ms since 1970. */
  readonly heardAt: (one: string) => number;
}

/** Who speaks changes places with whoever of the first page has been silent longest: only those two move. */
export function promote(seats: Seats, { speaker, front, isFixed, heardAt }: Promotion): Seats {
  if (front.includes(speaker)) return seats;
  const silent = front
    .filter((one) => !isFixed(one))
    // Of those equally silent the last: at the front are those one knows.
    .reduce<string | undefined>((most, one) => (most && heardAt(most) < heardAt(one) ? most : one), undefined);
  return silent === undefined ? seats : swap(seats, silent, speaker);
}

/** Of two with a seat: a shared screen has none, and takes nobody's. */
export function swap(seats: Seats, some: string, other: string): Seats {
  if (!seats.includes(some) || !seats.includes(other)) return seats;
  return seats.map((one) => (one === some ? other : one === other ? some : one));
}

export function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
