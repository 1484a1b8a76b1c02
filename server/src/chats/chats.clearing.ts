import type { ChatChanges, PersonChanges } from '@dialog/shared/chats';
import { ChatId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import { AppError } from '../platform/appError.ts';
import { reseal, type SealingKey } from '../platform/crypto/sealing.ts';
import type { Tx } from '../platform/database.ts';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { draftContext } from './chats.arranging.ts';
import type { ChatChange } from './chats.change.ts';
import { requireRole } from './chats.rights.ts';
import type { ClearingRepository } from './chats.clearing.repository.ts';
import type { ChatKeys } from './chats.keys.ts';
import type { PersonActs } from './chats.persons.ts';
import type { ChatAct } from './chats.acts.ts';
import type { ChatService } from './chats.service.ts';

/** The key of a chat that goes, and the one that takes its place. */
export interface KeyChange {
  readonly chatId: ChatId;
  readonly old: SealingKey;
  readonly next: SealingKey;
}

interface Deps {
  readonly chats: Pick<ChatService, 'changeChat' | 'changeChatAsServer'>;
  readonly repository: ClearingRepository;
  readonly keys: Pick<ChatKeys, 'make'>;
  readonly changePerson: PersonActs;
  readonly jobs: Pick<Jobs, 'add' | 'handle' | 'kick'>;
  /** What others keep under the chat's key and what lives on is sealed anew; what does not live on goes. */
  readonly keyReplaced: (tx: Tx, change: KeyChange) => Promise<void>;
  /** In the same transaction: all that is at or before this position is to be removed (R8). */
  readonly cleared: (tx: Tx, chatId: ChatId, until: number) => Promise<void>;
  /** In the same transaction: what this person alone had to do with it as well. */
  readonly clearedForOne: (tx: Tx, place: { userId: UserId; chatId: ChatId; until: number }) => Promise<void>;
}

const CLEARED_BY_ALL = 'chats.clearedByAll';
const Cleared = z.object({ chatId: ChatId, userId: UserId });

export type Clearing = ReturnType<typeof createClearing>;

/**
 * Lets go of what was said. For one person it is a fact of their own, a position that every reading keeps to; where all
 * who are in the chat have gone past one, what is before it is removed. For everyone it is a fact of the chat: the key that
 * sealed it is destroyed in the act itself, so that nothing of it can be read from then on, whatever the removing of the
 * rows still takes.
 */
export function createClearing(deps: Deps) {
  const { chats, repository, keys, changePerson, jobs } = deps;

  jobs.handle(CLEARED_BY_ALL, async (payload) => {
    const { chatId, userId } = z.parse(Cleared, payload);
    await chats.changeChatAsServer({ chatId, actorId: userId }, removeClearedByAll).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'chat-not-found') throw error;
    });
    jobs.kick();
  });

  /** Nobody is told: that somebody else has cleared it too is that person's own affair. */
  async function removeClearedByAll(change: ChatChange): Promise<void> {
    const { tx, chatId } = change;
    const until = await repository.clearedByAll(tx, chatId);
    if (until <= change.chat().clearedPosition) return;
    if (until >= change.chat().lastPosition) await replaceKey(change);
    await deps.cleared(tx, chatId, until);
  }

  async function replaceKey(change: ChatChange): Promise<void> {
    const { tx, chatId, key: old } = change;
    const next = await keys.make(tx, chatId);
    change.sealAnew(next);
    await resealDrafts(tx, { chatId, old, next: next.key });
    await deps.keyReplaced(tx, { chatId, old, next: next.key });
  }

  async function resealDrafts(tx: Tx, { chatId, old, next }: KeyChange): Promise<void> {
    for (const { userId, body } of await repository.draftsIn(tx, chatId)) {
      const place = { userId, chatId };
      const sealed = reseal(body, draftContext(place), { old, next });
      // oxlint-disable-next-line no-await-in-loop -- one connection, and those who are writing just now
      if (sealed) await repository.putDraft(tx, place, sealed);
    }
  }

  /** Whoever is blocked clears it for themselves alone, and to them it is cleared for everyone. */
  async function clearWithheld(change: ChatChange, until: number): Promise<void> {
    const { tx, chatId, actorId: userId } = change;
    await change.touchOwnPlace();
    await repository.clearFor(tx, { userId, chatId }, until);
    await deps.clearedForOne(tx, { userId, chatId, until });
    await jobs.add(tx, CLEARED_BY_ALL, { chatId, userId });
    await change.note({ what: 'historyCleared' });
  }

  return {
    async forMe(userId: UserId, chatId: ChatId, position: number): Promise<PersonChanges> {
      const changes = await changePerson(userId, async ({ tx }) => {
        const place = await repository.headOf(tx, { userId, chatId });
        if (!place) throw new AppError('chat-not-found', 'not a member');
        const until = Math.min(position, place.head);
        if (until <= place.cleared) return null;
        await repository.clearFor(tx, { userId, chatId }, until);
        await deps.clearedForOne(tx, { userId, chatId, until });
        await jobs.add(tx, CLEARED_BY_ALL, { chatId, userId });
        return { chatIds: [chatId] };
      });
      jobs.kick();
      return changes;
    },

    async forEveryone(act: ChatAct): Promise<ChatChanges> {
      const { changes } = await chats.changeChat(act, async (change) => {
        const { kind, revision: until } = change.chat();
        if (kind === 'group') requireRole(change, ['owner', 'admin']);
        if ((change.actorBars & BARS.withheld) > 0) return clearWithheld(change, until);
        await replaceKey(change);
        change.clearUpTo(until);
        await deps.cleared(change.tx, act.chatId, until);
        await change.note({ what: 'historyCleared' });
      });
      return changes;
    },

    /** Someone has left, in this transaction: what only they had not cleared goes. */
    async membershipEnded(tx: Tx, ended: { readonly chatId: ChatId; readonly userId: UserId }): Promise<void> {
      await jobs.add(tx, CLEARED_BY_ALL, ended);
    },
  };
}
