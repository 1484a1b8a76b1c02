import { createCipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { UserId } from '@dialog/shared/contract/values';
import { isUnspaced, type WantedWord, wordsIn } from '@dialog/shared/words';
import type { TextContent } from '@dialog/shared/messages';
import { type SearchKind, searchedText } from '@dialog/shared/search';
import { LRUCache } from 'lru-cache';
import type { SealingKey } from '../platform/crypto/sealing.ts';

/**
 * What is looked for, as 16 bytes that only this server can make (HMAC-SHA256). Not what is stored: that differs from
 * chat to chat, see `tokensIn`.
 */
export type Term = Buffer & { readonly brand?: 'Term' };

/**
 * A word is found by its first letters: these many of them are indexed, and what a longer word has beyond them is
 * looked up in the message itself.
 */
const CUTS = [6, 4, 3, 2, 1] as const;
const TERM_BYTES = 16;
export const TOKEN_BYTES = 6;
/** Words are few and come again and again: their terms are kept, about 10 MB of them. */
const TERMS_KEPT = 60_000;

export interface SearchedMessage {
  readonly senderId: UserId;
  readonly content: TextContent;
}

export type SearchTerms = ReturnType<typeof createSearchTerms>;

export function createSearchTerms(masterKey: Buffer) {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', 'dialog search terms', 32)));
  const kept = new LRUCache<string, Term>({ max: TERMS_KEPT });

  /** The kinds of things are kept apart by the first letter of what is hashed. */
  function termOf(what: string): Term {
    const known = kept.get(what);
    if (known) return known;
    const term: Term = createHmac('sha256', key).update(what).digest().subarray(0, TERM_BYTES);
    kept.set(what, term);
    return term;
  }

  const ofSender = (senderId: UserId): Term => termOf(`s${senderId}`);
  const ofKind = (kind: SearchKind): Term => termOf(`k${kind}`);

  return {
    ofSender,
    ofKind,

    /** The one term that every message with this word has; others may have it too. */
    ofWanted: ({ word }: WantedWord): Term => termOf(`w${cutsOf(word)[0] ?? ''}`),

    /** All terms by which a message is found, each once. */
    ofMessage(message: SearchedMessage): readonly Term[] {
      const cuts = new Set<string>();
      for (const { word } of wordsIn(searchedText(message.content))) for (const cut of cutsOf(word)) cuts.add(cut);
      const kinds = kindsOf(message).map(ofKind);
      return [ofSender(message.senderId), ...kinds, ...[...cuts].map((cut) => termOf(`w${cut}`))];
    },
  };
}

/** What else than words is in a message; later kinds of content join here. */
export function kindsOf({ content: { text, attachments = [] } }: SearchedMessage): SearchKind[] {
  const kinds = new Set<SearchKind>(attachments.map(({ kind }) => kind));
  if (/\bhttps?:\/\/\S/iu.test(text)) kinds.add('link');
  return [...kinds];
}

/** The beginnings under which a word stands, the longest first. One letter is enough only where it is a word. */
function cutsOf(word: string): string[] {
  const shortest = word.length === 1 || isUnspaced(word) ? 1 : 2;
  return CUTS.filter((length) => length <= word.length && length >= shortest).map((length) => word.slice(0, length));
}

/** A chat's own key to its tokens; forgotten with the key that it comes from. */
const tokenKeys = new WeakMap<SealingKey, KeyObject>();

/**
 * The tokens of these terms in one chat: each term encrypted by itself (AES-256, 16 bytes are one block) and cut. So the
 * same word has another token in every chat, and none that could be made again once the chat's key is destroyed.
 */
export function tokensIn(chatKey: SealingKey, terms: readonly Term[]): Buffer[] {
  if (terms.length === 0) return [];
  const known = tokenKeys.get(chatKey);
  const key = known ?? createSecretKey(Buffer.from(hkdfSync('sha256', chatKey, '', 'dialog search tokens', 32)));
  if (!known) tokenKeys.set(chatKey, key);
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const blocks = cipher.update(Buffer.concat(terms));
  return terms.map((_, at) => blocks.subarray(at * TERM_BYTES, at * TERM_BYTES + TOKEN_BYTES));
}
