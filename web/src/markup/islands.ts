import { mentionOf, EVERYONE, splitMentions } from '@dialog/shared/mentions';
import { linkify } from './linkify.ts';
import type { Inline } from './tree.ts';

/** A stretch in which no sign is a mark: an address, a mention, an emoji by its name. */
interface Island {
  readonly node: Inline;
  readonly to: number;
}

/** By where they begin. */
export function islandsIn(text: string): ReadonlyMap<number, Island> {
  const islands = new Map<number, Island>();
  let at = 0;
  for (const part of splitMentions(text)) {
    if (part.kind === 'text') {
      addAddresses(islands, part.text, at);
      at += part.text.length;
    } else {
      const to = at + (part.kind === 'person' ? mentionOf(part.userId) : EVERYONE).length;
      islands.set(at, { node: part, to });
      at = to;
    }
  }
  return islands;
}

function addAddresses(islands: Map<number, Island>, text: string, from: number): void {
  let at = from;
  for (const { text: written, href } of linkify(text)) {
    const to = at + written.length;
    if (href !== undefined)
      islands.set(at, { node: { kind: 'link', href, children: [{ kind: 'text', text: written }] }, to });
    else addEmoji(islands, written, at);
    at = to;
  }
}

/** A letter in it: ":30:" within a time is none. */
const EMOJI = /:(?=[0-9_]*[a-z])[a-z0-9_]{2,32}:/g;

function addEmoji(islands: Map<number, Island>, text: string, from: number): void {
  for (const { 0: sign, index } of text.matchAll(EMOJI)) {
    const at = from + index;
    islands.set(at, { node: { kind: 'emoji', text: sign }, to: at + sign.length });
  }
}
