import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { BarRepository, DirectHead } from '../chats/chats.bars.ts';
import { BARS } from '../platform/mysql/memberBars.ts';
import { AppError } from '../platform/appError.ts';
import type { Tx } from '../platform/database.ts';
import type { SettingsChanged } from '../settings/settings.service.ts';
import { isIn, type PeopleReach } from './people.reach.ts';
import type { PeopleRepository } from './people.repository.ts';

interface Deps {
  readonly bars: BarRepository;
  readonly reach: Pick<PeopleReach, 'standingOf'>;
  readonly repository: Pick<PeopleRepository, 'friendsOf'>;
}

export type PeopleBars = ReturnType<typeof createBars>;

/**
 * Keeps what stands between the two people of a direct chat where the writer reads it (`members.bars`). Every change runs
 * under the locks of the persons concerned, so that no two of them pass each other.
 */
export function createBars({ bars, reach, repository }: Deps) {
  async function barsOf(tx: Tx, actorId: UserId, otherId: UserId): Promise<number> {
    const { blocks, isBlocked, isFriend, settings } = (await reach.standingOf(tx, actorId, [otherId]))(otherId);
    const isRefused = !isIn(settings.privacy.write, isFriend);
    return (blocks ? BARS.blocks : 0) | (isBlocked ? BARS.withheld : 0) | (isRefused ? BARS.refused : 0);
  }

  /** Answers what stands in the way of the first of the two. */
  async function refresh(tx: Tx, { chatId }: Pick<DirectHead, 'chatId'>, [one, other]: readonly [UserId, UserId]) {
    const own = await barsOf(tx, one, other);
    await bars.setBars(tx, { chatId, userId: one }, own);
    await bars.setBars(tx, { chatId, userId: other }, await barsOf(tx, other, one));
    return own;
  }

  return {
    refresh,

    /**
     * In the act that makes a direct chat. Who is blocked is answered as who is not let.
     * @throws blocked-by-you, not-reachable
     */
    async directChatMade(tx: Tx, made: Pick<DirectHead, 'chatId'> & { actorId: UserId; peerId: UserId }) {
      const own = await refresh(tx, made, [made.actorId, made.peerId]);
      if ((own & BARS.blocks) > 0) throw new AppError('blocked-by-you');
      if (own > 0) throw new AppError('not-reachable');
    },

    /**
     * Whoever is blocked calls somebody who does not answer. Answering needs no leave: the other has called.
     * @throws blocked-by-you, not-reachable
     */
    async requireMayCall(
      tx: Tx,
      { actorId, chatId, isAnswer }: { actorId: UserId; chatId: ChatId; isAnswer: boolean },
    ): Promise<void> {
      const peerId = await bars.peerOf(tx, chatId, actorId);
      if (!peerId) return;
      const { blocks, isFriend, settings } = (await reach.standingOf(tx, actorId, [peerId]))(peerId);
      if (blocks) throw new AppError('blocked-by-you');
      if (!isAnswer && !isIn(settings.privacy.call, isFriend)) throw new AppError('not-reachable');
    },

    /** In the act that changes somebody's settings. */
    async settingsChanged(tx: Tx, { userId, before, after }: SettingsChanged): Promise<void> {
      const { write } = after.privacy;
      if (write === before.privacy.write) return;
      const taken = write === 'everyone' ? write : write === 'friends' ? await repository.friendsOf(tx, userId) : [];
      await bars.refuseAllBut(tx, userId, taken);
    },
  };
}
