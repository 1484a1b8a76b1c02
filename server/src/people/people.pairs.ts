import { DECLINED_FOR_DAYS } from '@dialog/shared/people';
import { AppError } from '../platform/appError.ts';
import type { StoredRelation } from './people.repository.ts';

/** What is between two people, as each of them sees it: the one who acts first. */
export interface Pair {
  readonly mine: StoredRelation;
  readonly theirs: StoredRelation;
}

/** What an act makes of a pair: what is not named stays. */
export interface PairChange {
  readonly mine?: Partial<Pick<StoredRelation, 'friendship' | 'isBlocked' | 'declinedAt'>>;
  readonly theirs?: Partial<Pick<StoredRelation, 'friendship'>>;
  /** What others are told by it. */
  readonly fact?: 'asked' | 'befriended' | 'blocked';
}

const DECLINED_FOR_MS = DECLINED_FOR_DAYS * 86_400_000;
const NOTHING: PairChange = {};
const FRIENDS: PairChange = {
  mine: { friendship: 'friends', declinedAt: null },
  theirs: { friendship: 'friends' },
  fact: 'befriended',
};

/**
 * Asks. Who was declined a while ago, or is blocked, or whom the other has no room for, is not told: to them it is a
 * request that nobody answers.
 */
export function asking({ mine, theirs }: Pair, { now, hasRoom }: { now: Date; hasRoom: boolean }): PairChange {
  if (mine.isBlocked) throw new AppError('blocked-by-you');
  if (mine.friendship === 'friends' || mine.friendship === 'asked') return NOTHING;
  if (mine.friendship === 'asks' || theirs.friendship === 'asked') return FRIENDS;
  const isDeclined = theirs.declinedAt !== null && now.getTime() - theirs.declinedAt.getTime() < DECLINED_FOR_MS;
  if (theirs.isBlocked || isDeclined || !hasRoom) return { mine: { friendship: 'asked' } };
  return { mine: { friendship: 'asked' }, theirs: { friendship: 'asks' }, fact: 'asked' };
}

export function accepting({ mine }: Pair): PairChange {
  if (mine.friendship === 'friends') return NOTHING;
  if (mine.friendship !== 'asks') throw new AppError('request-not-found');
  return FRIENDS;
}

/** The other still sees a request that is not answered. */
export function declining({ mine }: Pair, now: Date): PairChange {
  return mine.friendship === 'asks' ? { mine: { friendship: 'none', declinedAt: now } } : NOTHING;
}

export function withdrawing({ mine, theirs }: Pair): PairChange {
  return mine.friendship === 'asked' ? { mine: { friendship: 'none' }, ...unasked(theirs) } : NOTHING;
}

export function removing({ mine, theirs }: Pair): PairChange {
  if (mine.friendship !== 'friends') return NOTHING;
  return {
    mine: { friendship: 'none' },
    ...(theirs.friendship === 'friends' ? { theirs: { friendship: 'none' } } : {}),
  };
}

/**
 * A friendship stays beneath the block, and to the other it stays altogether: that it went would tell them. What the one
 * who blocks had asked is taken back; what they were asked is never answered.
 */
export function blocking({ mine, theirs }: Pair): PairChange {
  if (mine.isBlocked) return NOTHING;
  const friendship = mine.friendship === 'friends' ? 'friends' : 'none';
  return {
    mine: { isBlocked: true, friendship },
    ...(mine.friendship === 'asked' ? unasked(theirs) : {}),
    fact: 'blocked',
  };
}

export function unblocking({ mine }: Pair): PairChange {
  return mine.isBlocked ? { mine: { isBlocked: false } } : NOTHING;
}

function unasked(theirs: StoredRelation): Pick<PairChange, 'theirs'> {
  return theirs.friendship === 'asks' ? { theirs: { friendship: 'none' } } : {};
}
