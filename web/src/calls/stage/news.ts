import type { Participant } from '../transport/media.transport.ts';

export const NEWS = ['joined', 'left', 'handUp', 'sharing', 'onHold'] as const;
export type NewsKind = (typeof NEWS)[number];

type Seen = Pick<Participant, 'identity' | 'name' | 'isMe' | 'isLost' | 'isOnHold' | 'hand' | 'screen'>;

/** What others did, in the words of `NEWS`, with their names. Whoever only lost the connection has not left. */
export function newsBetween(
  before: readonly Seen[],
  after: readonly Seen[],
): Readonly<Record<NewsKind, readonly string[]>> {
  const known = new Map(before.map((one) => [one.identity, one]));
  const here = new Set(after.map((one) => one.identity));
  const others = after.filter((one) => !one.isMe);
  const nowHas = (has: (one: Seen) => boolean): readonly string[] =>
    others.filter((one) => has(one) && !has(known.get(one.identity) ?? NOTHING)).map((one) => one.name);
  return {
    joined: others.filter((one) => !known.has(one.identity)).map((one) => one.name),
    left: before.filter((one) => !one.isMe && !here.has(one.identity)).map((one) => one.name),
    handUp: nowHas((one) => one.hand !== null),
    sharing: nowHas((one) => one.screen !== null),
    onHold: nowHas((one) => one.isOnHold),
  };
}

const NOTHING: Seen = {
  ...{ identity: '', name: '', isMe: false, isLost: false, isOnHold: false },
  ...{ hand: null, screen: null },
};
