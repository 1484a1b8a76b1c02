import type { Message } from '@dialog/shared/messages';

/** Complete from `from` up to and including `until`. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** What is held of a conversation or of a thread: every message from position `from` on. */
export interface Held {
  readonly from: number;
  /** There is something before `from`. */
  readonly hasOlder: boolean;
  /** By position, oldest first. */
  readonly messages: readonly Message[];
  /** Where the reader has jumped to, far from what is held; shown instead of it until the two meet. */
  readonly detour: Stretch | null;
}

/** With what changed in it. */
export function advanced<T extends Held>(held: T, changed: readonly Message[]): T {
  if (changed.length === 0) return held;
  const { messages, detour } = held;
  return {
    ...held,
    messages: merged(messages, changed, held),
    detour: detour && { ...detour, messages: merged(detour.messages, changed, detour) },
  };
}

/** The index of the first message at or after a position. */
export function indexAt(messages: readonly Message[], position: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.position ?? Number.POSITIVE_INFINITY) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function findAt(messages: readonly Message[], position: number): Message | undefined {
  const message = messages[indexAt(messages, position)];
  return message?.position === position ? message : undefined;
}

/** Each message by its own revision; what lies outside of the stretch is left out. */
export function merged(
  known: readonly Message[],
  incoming: readonly Message[],
  { from, until = Number.POSITIVE_INFINITY }: { readonly from: number; readonly until?: number | undefined },
): readonly Message[] {
  const messages = [...known];
  for (const message of incoming) {
    if (message.position < from || message.position > until) continue;
    const index = indexAt(messages, message.position);
    const there = messages[index];
    if (there?.position !== message.position) messages.splice(index, 0, message);
    else if (there.revision < message.revision) messages[index] = message;
  }
  return messages;
}
