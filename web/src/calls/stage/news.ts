import type { LocalMediaState, Source } from '../devices/local.media.ts';
import type { Participant } from '../transport/media.transport.ts';

export const NEWS = ['joined', 'left', 'handUp', 'sharing', 'sharingEnded', 'onHold'] as const;
export type NewsKind = (typeof NEWS)[number];

type Seen = Pick<Participant, 'identity' | 'name' | 'isMe' | 'isOnHold' | 'hand' | 'share'>;

/** What others did, in the words of `NEWS`, with their names. Whoever only lost the connection has not left. */
export function newsBetween(
  before: readonly Seen[],
  after: readonly Seen[],
): Readonly<Record<NewsKind, readonly string[]>> {
  const known = new Map(before.map((one) => [one.identity, one]));
  const here = new Set(after.map((one) => one.identity));
  const others = after.filter((one) => !one.isMe);
  const hadOf = (one: Seen): Seen => known.get(one.identity) ?? NOTHING;
  const nowHas = (has: (one: Seen) => boolean): readonly string[] =>
    others.filter((one) => has(one) && !has(hadOf(one))).map((one) => one.name);
  // As they say it: a picture also goes, and comes back, with the connection.
  const isSharing = (one: Seen): boolean => one.share !== null;
  return {
    joined: others.filter((one) => !known.has(one.identity)).map((one) => one.name),
    left: before.filter((one) => !one.isMe && !here.has(one.identity)).map((one) => one.name),
    handUp: nowHas((one) => one.hand !== null),
    sharing: nowHas(isSharing),
    sharingEnded: others.filter((one) => isSharing(hadOf(one)) && !isSharing(one)).map((one) => one.name),
    onHold: nowHas((one) => one.isOnHold),
  };
}

const NOTHING: Seen = { identity: '', name: '', isMe: false, isOnHold: false, hand: null, share: null };

/** Whether I am heard and seen, and my hand is up; null: not known just now. */
export interface OwnSides {
  readonly microphone: boolean | null;
  readonly camera: boolean | null;
  readonly hand: boolean | null;
}

type OwnSource = Pick<Source, 'isWanted' | 'isStarting' | 'problem'>;

export function ownSides(
  { microphone, camera }: Readonly<Record<keyof Pick<LocalMediaState, 'microphone' | 'camera'>, OwnSource>>,
  people: readonly Pick<Participant, 'isMe' | 'hand'>[],
): OwnSides {
  const me = people.find(({ isMe }) => isMe);
  return { microphone: isOn(microphone), camera: isOn(camera), hand: me ? me.hand !== null : null };
}

function isOn({ isWanted, isStarting, problem }: OwnSource): boolean | null {
  return isStarting ? null : isWanted && problem === null;
}

const OWN_NEWS = {
  microphone: ['microphoneOff', 'microphoneOn'],
  camera: ['cameraOff', 'cameraOn'],
  hand: ['handLowered', 'handRaised'],
} as const;
type OwnNewsKind = (typeof OWN_NEWS)[keyof OwnSides][number];

/** What has changed sides, and what to compare the next look with: what was not known is as it was. */
export function ownNewsBetween(
  before: OwnSides,
  after: OwnSides,
): { readonly news: readonly OwnNewsKind[]; readonly sides: OwnSides } {
  const sides = {
    microphone: after.microphone ?? before.microphone,
    camera: after.camera ?? before.camera,
    hand: after.hand ?? before.hand,
  };
  const news = (['microphone', 'camera', 'hand'] as const)
    .filter((what) => before[what] !== null && sides[what] !== before[what])
    .map((what) => OWN_NEWS[what][sides[what] === true ? 1 : 0]);
  return { news, sides };
}

/** More names in one breath are a list that nobody follows. */
const NAMES_AT_ONCE = 3;
const EMOJI_AT_ONCE = 5;

/** The first names, and how many more there are. */
export function firstNames(names: readonly string[]): { readonly first: readonly string[]; readonly others: number } {
  // One more in place of "1 other" takes no longer.
  if (names.length <= NAMES_AT_ONCE + 1) return { first: names, others: 0 };
  return { first: names.slice(0, NAMES_AT_ONCE), others: names.length - NAMES_AT_ONCE };
}

export interface Reacted {
  readonly name: string;
  readonly emoji: string;
}

/** Applause is many times the same: who, and what, each once. */
export function reactionsTogether(all: readonly Reacted[]): { names: readonly string[]; emoji: readonly string[] } {
  return {
    names: [...new Set(all.map(({ name }) => name))],
    emoji: [...new Set(all.map(({ emoji }) => emoji))].slice(0, EMOJI_AT_ONCE),
  };
}
