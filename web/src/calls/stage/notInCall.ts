import type { UserId } from '@dialog/shared/contract/values';

/** So many are shown at once; all others are found by name. */
export const SHOWN_MAX = 12;

interface Group {
  /** The members known here, in their order. */
  readonly known: readonly UserId[];
  /** There are members beyond those. */
  readonly hasMore: boolean;
  /** By a name that is looked for; undefined: none is. */
  readonly found: readonly UserId[] | undefined;
  readonly inside: ReadonlySet<UserId>;
  /** Whom my call has asked. */
  readonly asked: readonly UserId[];
}

/** Who of a group is shown as not in its call: never all of a large one, and whoever is asked in any case. */
export function notInCall({ known, hasMore, found, inside, asked }: Group) {
  const isOutside = (userId: UserId): boolean => !inside.has(userId);
  const outside = known.filter(isOutside);
  // Nobody changes places by being rung: the row keeps what has the focus.
  const first = outside.slice(0, SHOWN_MAX);
  const shown = found?.filter(isOutside) ?? [...new Set([...first, ...asked.filter(isOutside)])];
  const isShown = new Set(shown);
  return {
    shown,
    isSearched: hasMore || outside.length > SHOWN_MAX,
    hasOthers: hasMore || outside.some((userId) => !isShown.has(userId)),
  };
}
