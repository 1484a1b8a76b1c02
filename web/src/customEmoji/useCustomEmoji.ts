import type { ChatId } from '@dialog/shared/contract/values';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useSummary } from '../chats/useChats.ts';
import { NO_OWN_EMOJI, type OwnEmojis } from '../emoji/ownEmoji.ts';
import type { CustomEmojis, KnownEmoji } from './customEmoji.ts';

/** The emoji of a chat as they are known, and as they become known; undefined until then, or where it has none. */
export function useKnownEmoji(customEmoji: CustomEmojis, chatId: ChatId): KnownEmoji | undefined {
  const revision = useSummary(chatId)?.chat.emojiRevision;
  useEffect(() => {
    if (revision !== undefined) customEmoji.want(chatId, revision);
  }, [customEmoji, chatId, revision]);
  const known = useStore(customEmoji.store, (byChat) => byChat.get(chatId));
  return revision === undefined ? undefined : known;
}

/** The same by their names. */
export function useEmojiByName(customEmoji: CustomEmojis, chatId: ChatId): OwnEmojis {
  return useKnownEmoji(customEmoji, chatId)?.byName ?? NO_OWN_EMOJI;
}
