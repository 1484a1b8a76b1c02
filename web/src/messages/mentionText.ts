import type { UserId } from '@dialog/shared/contract/values';
import { EVERYONE, mentionOf, splitMentions } from '@dialog/shared/mentions';
import { codeSpansIn } from '../markup/codeSpans.ts';

/** Whom a text may name, by user name. */
export interface Mentionable {
  readonly people: ReadonlyMap<string, UserId>;
  readonly hasEveryone: boolean;
}

/** What is typed for everyone, in every language. */
export const EVERYONE_NAME = 'everyone';

/** A user name behind `@`, neither within a word nor in an address. A dot at its end is the sentence's. */
const NAME = /(?<![\p{L}\p{N}_.@</])@([a-z0-9][a-z0-9_.]{1,31})(?![a-z0-9_])/giu;

/** What is written becomes what is sent: `@user_name` of a member becomes their id. Code stays as it is. */
export function toWire(text: string, members: Mentionable): string {
  if (!text.includes('@')) return text;
  let from = 0;
  let wire = '';
  for (const span of codeSpansIn(text)) {
    wire += named(text.slice(from, span.from), members) + text.slice(span.from, span.to);
    from = span.to;
  }
  return wire + named(text.slice(from), members);
}

/** What was sent becomes what can be written on: ids become `@user_name`. */
export function fromWire(text: string, nameOf: (userId: UserId) => string | undefined): string {
  return splitMentions(text)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'everyone') return `@${EVERYONE_NAME}`;
      const name = nameOf(part.userId);
      return name === undefined ? mentionOf(part.userId) : `@${name}`;
    })
    .join('');
}

function named(text: string, { people, hasEveryone }: Mentionable): string {
  return text.replaceAll(NAME, (written: string, name: string) => {
    const bare = name.replace(/\.+$/, '');
    const rest = name.slice(bare.length);
    const userName = bare.toLowerCase();
    if (hasEveryone && userName === EVERYONE_NAME) return EVERYONE + rest;
    const userId = people.get(userName);
    return userId === undefined ? written : mentionOf(userId) + rest;
  });
}
