import { mentionOf, EVERYONE, splitMentions } from '@dialog/shared/mentions';
import { linkify } from './linkify.ts';
import type { Inline } from './tree.ts';

/** A stretch in which no sign is a mark: an address, a mention. */
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
    at = to;
  }
}
