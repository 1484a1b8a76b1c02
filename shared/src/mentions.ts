import { UserId } from './contract/values.ts';

/**
 * How a text names people: `<@id>` one of them, `<@everyone>` all. Names change and ids do not, so a text carries ids;
 * each reader sees today's name.
 */
export const EVERYONE = '<@everyone>';
/** In larger groups nobody may call everyone. */
export const EVERYONE_MEMBERS_MAX = 50;

/** A stretch of a text: as written, or who is meant there. */
export type MentionPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'person'; readonly userId: UserId }
  | { readonly kind: 'everyone' };

/** Of fixed length or fixed words after `<@`, so that no text makes it slow (SECURITY attack 17). */
const MENTION = /<@(?:everyone|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))>/g;

export function mentionOf(userId: UserId): string {
  return `<@${userId}>`;
}

/** The text cut at its mentions; put together again it is the text. */
export function splitMentions(text: string): readonly MentionPart[] {
  const parts: MentionPart[] = [];
  let from = 0;
  for (const match of text.matchAll(MENTION)) {
    const part = partOf(match[1]);
    if (!part) continue;
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push(part);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** Who is called by a text, each once. */
export function mentionsIn(text: string): { readonly userIds: readonly UserId[]; readonly isEveryone: boolean } {
  const parts = splitMentions(text);
  return {
    userIds: [...new Set(parts.flatMap((part) => (part.kind === 'person' ? [part.userId] : [])))],
    isEveryone: parts.some(({ kind }) => kind === 'everyone'),
  };
}

function partOf(id: string | undefined): MentionPart | undefined {
  if (id === undefined) return { kind: 'everyone' };
  const userId = UserId.safeParse(id);
  return userId.success ? { kind: 'person', userId: userId.data } : undefined;
}
