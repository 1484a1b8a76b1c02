import { pushTagOf } from '@dialog/shared/push.tags';
import type { PushPayload } from '@dialog/shared/push.values';
import { counted, pushWordsIn, type PushWords } from './push.words.ts';

/** What a press on a notification, or on one of its buttons, has to know. */
export interface NoticeData {
  readonly tag: string;
  /** Where a press leads. */
  readonly path: string;
  readonly chatId?: string;
  readonly thread?: number | null;
  readonly position?: number;
  readonly callId?: string;
  readonly language: string;
}

export type NoticeAct = 'reply' | 'markRead' | 'mute' | 'accept' | 'decline';

/** A notification, as the browser is asked for it. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly picture: string | null;
  readonly at: number;
  readonly isSilent: boolean;
  /** Stays until somebody does something about it. */
  readonly isUrgent: boolean;
  readonly acts: readonly NoticeAct[];
  readonly data: NoticeData;
}

type Shown = Exclude<PushPayload, { kind: 'withdraw' }>;
type Of<K extends PushPayload['kind']> = PushPayload extends infer P
  ? P extends { readonly kind: infer L }
    ? K & L extends never
      ? never
      : P
    : never
  : never;

/** What a push looks like, in the words of its language. `now` in milliseconds. */
export function noticeOf(push: Shown, now: number): Notice {
  const special = specialOf(push, pushWordsIn(push.language), now);
  return {
    ...{ at: Date.parse(push.at), isSilent: push.isQuiet, isUrgent: false, acts: [], picture: null },
    ...special,
    data: { tag: pushTagOf(push), language: push.language, ...special.data },
  };
}

type Special = Partial<Omit<Notice, 'data'>> &
  Pick<Notice, 'title' | 'body'> & { readonly data: Omit<NoticeData, 'tag' | 'language'> };

function specialOf(push: Shown, words: PushWords, now: number): Special {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- whatever a newer server says is of the last kind
  switch (push.kind) {
    case 'message':
    case 'mention':
    case 'reply':
      return { ...wordsOf(push, words), acts: ['reply', 'markRead', 'mute'], data: placeOf(push) };
    case 'reaction':
      return { ...reactionWords(push, words), data: placeOf(push) };
    case 'call':
    case 'missedCall':
      return callNotice(push, words, Date.parse(push.expiresAt) > now);
    default:
      return ofMine(push, words);
  }
}

function ofMine(
  push: Of<'friendRequest' | 'friendAccepted' | 'signIn' | 'accountChanged' | 'test'>,
  words: PushWords,
): Special {
  if (push.kind === 'friendRequest' || push.kind === 'friendAccepted')
    return { ...friendWords(push, words), data: { path: '/' } };
  if (push.kind === 'signIn')
    return {
      title: words.signIn,
      body: words.signInFrom(push.device, push.place),
      data: { path: '/settings/devices' },
    };
  if (push.kind === 'accountChanged')
    return {
      title: words.proofs[push.what],
      body: words.signInFrom(push.device, push.place),
      data: { path: '/settings/security' },
    };
  // Of a newer server: whatever it says, something has to be shown.
  const body = push.kind === 'test' ? words.test : words.somethingNew;
  return { title: 'Dialog', body, data: { path: '/' } };
}

function callNotice(push: Of<'call'>, words: PushWords, isOn: boolean): Special {
  const { kind, chatId, callId } = push;
  const isRinging = kind === 'call' && isOn;
  return {
    ...callWords(push, words, isRinging),
    isUrgent: isRinging,
    acts: isRinging ? ['accept', 'decline'] : [],
    data: { path: `/chat/${chatId}`, chatId, callId },
  };
}

interface Words {
  readonly title: string;
  readonly body: string;
  readonly picture: string | null;
}

function wordsOf({ kind, count, content }: Of<'message'>, words: PushWords): Words {
  if (!content) return { title: 'Dialog', body: words.newMessages(count), picture: null };
  const { sender, title } = content;
  const text = [content.part === null ? '' : words.parts[content.part], content.text].filter(Boolean).join(' ');
  const many = count > 1 ? ` (${counted(count)})` : '';
  return { title: `${title ?? sender.name}${many}`, body: said(), picture: sender.picture };

  function said(): string {
    if (title === null) return text;
    if (kind === 'mention') return words.called(sender.name, text);
    return kind === 'reply' ? words.answered(sender.name, text) : `${sender.name}: ${text}`;
  }
}

function reactionWords({ content }: Of<'reaction'>, words: PushWords): Words {
  if (!content) return { title: 'Dialog', body: words.someoneReacted, picture: null };
  const { sender, title, emoji, text } = content;
  return { title: title ?? sender.name, body: words.reacted(sender.name, emoji, text), picture: sender.picture };
}

function friendWords({ kind, content }: Of<'friendRequest'>, words: PushWords): Words {
  const isAsked = kind === 'friendRequest';
  if (!content)
    return { title: 'Dialog', body: isAsked ? words.someoneAsksFriend : words.someoneAcceptedFriend, picture: null };
  const { name, picture } = content.sender;
  return { title: name, body: isAsked ? words.friendRequest(name) : words.friendAccepted(name), picture };
}

function callWords({ content }: Of<'call'>, words: PushWords, isRinging: boolean): Words {
  if (!content) return { title: 'Dialog', body: isRinging ? words.someoneCalls : words.missedCall, picture: null };
  const { sender, title } = content;
  const who = title === null ? '' : `${sender.name} `;
  return {
    title: title ?? sender.name,
    body: isRinging ? `${who}${words.calls}` : [words.missedCall, who.trim()].filter(Boolean).join(', '),
    picture: sender.picture,
  };
}

function placeOf({ chatId, thread, position }: Of<'message' | 'reaction'>) {
  const path = thread === null ? `/chat/${chatId}` : `/chat/${chatId}/thread/${thread}`;
  return { chatId, thread, position, path };
}
