import { ChatId, type UserId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import type { Removal } from './attachments/attachments.removal.ts';
import { clearingRepository } from './chats/chats.clearing.repository.ts';
import { serveClearing } from './chats/chats.clearing.routes.ts';
import { createClearing, type Clearing, type KeyChange } from './chats/chats.clearing.ts';
import type { ChatKeys } from './chats/chats.keys.ts';
import type { PersonActs } from './chats/chats.persons.ts';
import type { ChatService } from './chats/chats.service.ts';
import { messageActsRepository } from './messages/messages.acts.repository.ts';
import { markRepository } from './messages/messages.marks.repository.ts';
import { createMessageRemoval, type MessageRemoval } from './messages/messages.removal.ts';
import { messageRepository } from './messages/messages.repository.ts';
import type { Tx } from './platform/database.ts';
import type { Platform } from './platform/platform.ts';
import type { TakenBack } from './push/push.marks.repository.ts';

/** Among the nodes: the key of a chat that is gone, or that was cleared, is at hand no longer. */
const KEY_REMOVED = 'chats.keyRemoved';

interface Neighbours {
  readonly chats: ChatService;
  readonly keys: ChatKeys;
  readonly changePerson: PersonActs;
  readonly files: Pick<Removal, 'cleared' | 'keyReplaced'>;
  readonly removeSomePictures: (chatId: ChatId, until: number) => Promise<number>;
  readonly textsRemoved: (chatId: ChatId, until: number | undefined) => Promise<void>;
  /** In the transaction of it: what was told of what is cleared, by everyone or by one person, is to go. */
  readonly takenBack: (tx: Tx, what: TakenBack) => Promise<void>;
  /** And what stands in the history of calls. */
  readonly callsCleared: (tx: Tx, what: { chatId: ChatId; userId?: UserId; until: number }) => Promise<void>;
  /** Those who keep something under a chat's key that outlives its history. */
  readonly sealedAnew: readonly ((tx: Tx, change: KeyChange) => Promise<void>)[];
}

/** The part of the composition root that joins what goes when a chat is cleared, or is gone. */
export function createClearingPart(
  { db, jobs, router, sockets }: Platform,
  { chats, keys, changePerson, files, sealedAnew, takenBack, callsCleared, ...others }: Neighbours,
): { readonly removal: MessageRemoval; readonly clearing: Clearing } {
  const removal = createMessageRemoval({
    ...{ db, jobs, ...others },
    repository: messageRepository,
    acts: messageActsRepository,
    marks: markRepository,
    forgetKey: (chatId) => sockets.bus.publish(KEY_REMOVED, chatId),
  });
  const clearing = createClearing({
    ...{ chats, keys, changePerson, jobs },
    repository: clearingRepository,
    async keyReplaced(tx, change) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      for (const seal of sealedAnew) await seal(tx, change);
      await files.keyReplaced(tx, change.chatId);
    },
    async cleared(tx, chatId, until) {
      await files.cleared(tx, chatId, until);
      await removal.cleared(tx, chatId, until);
      await callsCleared(tx, { chatId, until });
      await takenBack(tx, { chatId, until });
    },
    async clearedForOne(tx, own) {
      await removal.clearedForOne(tx, own);
      await callsCleared(tx, own);
      await takenBack(tx, own);
    },
  });
  serveClearing(router, clearing);
  sockets.bus.on(KEY_REMOVED, (chatId) => keys.forget(z.parse(ChatId, chatId)));
  return { removal, clearing };
}
