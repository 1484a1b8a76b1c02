import type { ChatChanges } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';

/** What one device shows of one chat, by the rules of R3: what it would look like on a screen, mistakes included. */
export interface ChatView {
  readonly chatId: ChatId;
  revision(): number;
  /** False when something before it is missing: catch up. */
  apply(changes: ChatChanges): boolean;
  /** Texts in the order in which they stand. */
  texts(): readonly Message[];
  /** Messages that came in at another place than after the last one, or changed their place. */
  misplaced(): number;
}

export function createChatView(chatId: ChatId): ChatView {
  const messages = new Map<string, Message>();
  let revision = 0;
  let lastPosition = 0;
  let misplaced = 0;

  const take = (message: Message): void => {
    const known = messages.get(message.id);
    if (known && known.revision >= message.revision) return;
    if (known ? known.position !== message.position : message.position <= lastPosition) misplaced += 1;
    lastPosition = Math.max(lastPosition, message.position);
    messages.set(message.id, message);
  };
  return {
    chatId,
    revision: () => revision,
    apply(changes) {
      if (changes.revision <= revision) return true;
      if (changes.from > revision) return false;
      for (const message of changes.messages) take(message);
      revision = changes.revision;
      return true;
    },
    texts: () => [...messages.values()].filter(({ content }) => content.kind === 'text'),
    misplaced: () => misplaced,
  };
}
