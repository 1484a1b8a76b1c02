import type { UserId } from '@dialog/shared/contract/values';
import type { PollTally, ReactionCount } from '@dialog/shared/messages.values';
import { AppError } from '../platform/appError.ts';
import type { StoredMessage } from './messages.stored.ts';

/** What hangs on a message and is everybody's. */
export interface Hanging {
  readonly reactions: readonly ReactionCount[];
  readonly isPinned: boolean;
  readonly poll: PollTally | null;
}

/**
 * What stands in the place of the reactions where somebody acted on a message whom the other person of the direct chat
 * has blocked: what is so to them, and what stays so to the other.
 */
interface Split {
  readonly by: UserId;
  readonly own: readonly ReactionCount[];
  readonly instead: Hanging;
}

type Column = Pick<StoredMessage, 'reactions'>;

/** As wide as the column. */
const CHARACTERS_MAX = 2_000;

/** The act of one who is blocked: nothing of it is so to the other, now or after; until the other acts on the message. */
export function withheldFrom(before: StoredMessage, changed: StoredMessage, by: UserId): StoredMessage {
  const known = splitOf(before);
  const instead = known?.by === by ? known.instead : hangingOn(before);
  const split: Split = { by, own: countsOf(changed), instead };
  const reactions = JSON.stringify(split);
  // What somebody is told who has put too many there, blocked or not.
  if (reactions.length > CHARACTERS_MAX) throw new AppError('too-many-reactions');
  return { ...changed, reactions };
}

/** One and the same to both again. */
export function seenByAll<M extends Column>(message: M): M {
  return splitOf(message) ? { ...message, reactions: columnOf(countsOf(message)) } : message;
}

/** As it is to this person; without one: to whoever acted last. */
export function seenBy(message: StoredMessage, viewer: UserId | undefined): StoredMessage {
  const split = splitOf(message);
  if (!split) return message;
  if (viewer === undefined || viewer === split.by) return seenByAll(message);
  const { reactions, isPinned, poll } = split.instead;
  return { ...message, reactions: columnOf(reactions), isPinned, poll: poll && JSON.stringify(poll) };
}

/** Those of the people who reacted with something, or voted for it, that this person is to know of. */
export function knownOf<P extends { readonly id: UserId }>(
  people: readonly P[],
  { message, viewer, countOf }: { message: Column; viewer: UserId; countOf: (seen: Hanging) => number },
): P[] {
  const split = splitOf(message);
  if (!split || split.by === viewer) return [...people];
  const others = people.filter(({ id }) => id !== split.by);
  return countOf(split.instead) > others.length ? [...people] : others;
}

function splitOf({ reactions }: Column): Split | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very code
  return reactions?.startsWith('{') ? (JSON.parse(reactions) as Split) : undefined;
}

function countsOf(message: Column): readonly ReactionCount[] {
  const split = splitOf(message);
  if (split) return split.own;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return message.reactions === null ? [] : (JSON.parse(message.reactions) as ReactionCount[]);
}

function hangingOn(message: StoredMessage): Hanging {
  const { isPinned, poll } = message;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return { reactions: countsOf(message), isPinned, poll: poll === null ? null : (JSON.parse(poll) as PollTally) };
}

function columnOf(counts: readonly ReactionCount[]): string | null {
  return counts.length === 0 ? null : JSON.stringify(counts);
}
