import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { OWNER } from './outcomes.ts';

interface Place {
  readonly chatId: ChatId;
  /** Posted by the owner. */
  readonly messageId: MessageId;
}

const inChat = ({ chatId }: Place) => ({ chatId });

/** Rows of the permission matrix: messages that disappear. */
export const kindRows = {
  setMessageLifetime: {
    ask: (scene: Place) => ({ params: inChat(scene), body: { seconds: 3_600 as const } }),
    may: OWNER,
  },
};
