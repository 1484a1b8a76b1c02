import type { UserId } from '@dialog/shared/contract/values';
import { mentionsIn, splitMentions } from '@dialog/shared/mentions';
import type { Message } from '@dialog/shared/messages';
import { PUSH_NAME_MAX, PUSH_TEXT_MAX, type PushedPart } from '@dialog/shared/push.values';

/** What is under a spoiler stays there: a lock screen is for everyone to read. */
const SPOILER = /\|\|[^|](?:[^|]|\|(?!\|))*\|\|/g;
const COVER = '▒▒▒';
const FENCE = /```\w*\n?/g;
const MARKS = /(\*\*|__|~~|`)/g;
const QUOTE_SIGN = /^> ?/gm;
const BLANKS = /\s*\n\s*/g;

interface Content {
  readonly text: string;
  readonly part: PushedPart | null;
}

/** What a lock screen says of a message. Null: nothing that anyone is told of. */
export function pushedContent(
  { content }: Pick<Message, 'content'>,
  nameOf: (userId: UserId) => string,
): Content | null {
  if (content.kind === 'poll') return { text: plainText(content.question, nameOf), part: 'poll' };
  if (content.kind !== 'text') return null;
  const [first] = content.attachments ?? [];
  return { text: plainText(content.text, nameOf), part: first ? partOf(first.kind) : null };
}

/** Who is named in what is said of it. */
export function namedIn({ content }: Pick<Message, 'content'>): readonly UserId[] {
  if (content.kind === 'poll') return mentionsIn(content.question).userIds;
  return content.kind === 'text' ? mentionsIn(content.text).userIds : [];
}

/** Words alone, cut. What does not matter without its place (who is meant, what was pressed to see) is said in short. */
export function plainText(text: string, nameOf: (userId: UserId) => string): string {
  const named = splitMentions(text.replaceAll(SPOILER, COVER))
    .map((part) =>
      part.kind === 'text' ? part.text : part.kind === 'everyone' ? '@everyone' : `@${nameOf(part.userId)}`,
    )
    .join('');
  const plain = named
    .replaceAll(FENCE, '')
    .replaceAll(MARKS, '')
    .replaceAll(QUOTE_SIGN, '')
    .replaceAll(BLANKS, '\n')
    .trim();
  return cut(plain, PUSH_TEXT_MAX);
}

export function pushedName(name: string): string {
  return cut(name, PUSH_NAME_MAX);
}

/** Never through the middle of a letter. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = /[\uD800-\uDBFF]/.test(text[max - 2] ?? '') ? max - 2 : max - 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

function partOf(kind: 'picture' | 'video' | 'audio' | 'voice' | 'file'): PushedPart {
  return kind === 'picture' ? 'photo' : kind;
}
