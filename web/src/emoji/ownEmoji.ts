import { createContext, use } from 'react';

/** A picture that is used as an emoji where it is known, as `:name:`. */
export interface OwnEmoji {
  readonly name: string;
  /** Where its pictures are. */
  readonly still: string;
  readonly moving?: string;
}

/** By their names. */
export type OwnEmojis = ReadonlyMap<string, OwnEmoji>;

export const NO_OWN_EMOJI: OwnEmojis = new Map();

/** Those of the chat that is shown. Elsewhere there are none, and `:name:` is the text that was written. */
export const OwnEmojiContext = createContext<OwnEmojis>(NO_OWN_EMOJI);

export function useOwnEmoji(): OwnEmojis {
  return use(OwnEmojiContext);
}

const SIGN = /^:([a-z0-9_]{2,32}):$/;
const SIGNS = /:(?=[0-9_]*[a-z])([a-z0-9_]{2,32}):/g;
/** One that everyone has, as large. */
const STAND_IN = '🙂';

/** What an emoji is called that not everyone has. */
export function ownNameIn(sign: string): string | undefined {
  return SIGN.exec(sign)?.[1];
}

/** The text with an emoji that everyone has in the place of each of these: for what looks at the shape alone. */
export function withStandIns(text: string, own: OwnEmojis): string {
  return own.size === 0 ? text : text.replaceAll(SIGNS, (sign, name: string) => (own.has(name) ? STAND_IN : sign));
}

/** Names that begin with a query before those that hold it. */
export function matchingOwn(own: OwnEmojis, query: string, max: number): readonly OwnEmoji[] {
  const wanted = query.toLowerCase();
  const holding = [...own.values()].filter(({ name }) => name.includes(wanted));
  return holding
    .toSorted((one, other) => Number(other.name.startsWith(wanted)) - Number(one.name.startsWith(wanted)))
    .slice(0, max);
}
