import type { UserId } from '@dialog/shared/contract/values';
import { EVERYONE_MEMBERS_MAX } from '@dialog/shared/mentions';
import type { Standing } from '../../people/people.reach.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Call } from '../calls.repository.ts';
import type { RingRepository } from './ring.repository.ts';
import { howAsked } from './ring.rules.ts';
import type { Asked } from './ring.store.ts';

export interface Asking {
  /** Who calls. */
  readonly from: UserId;
  /** Null: everybody there, where that is no crowd. */
  readonly userIds: readonly UserId[] | null;
  /** In ms; asked again, it is another time. */
  readonly at: number;
  readonly expiresAt: number;
}

interface Deps {
  readonly db: Database;
  readonly repository: Pick<RingRepository, 'members'>;
  readonly standingOf: (tx: Tx, actorId: UserId, others: readonly UserId[]) => Promise<(other: UserId) => Standing>;
  /** Those of these people of whom this one may not learn whether they are there. */
  readonly hiddenFrom: (viewer: UserId, userIds: readonly UserId[]) => Promise<ReadonlySet<UserId>>;
  /** Those of these people who have a device that is pushed to. */
  readonly pushedAmong: (userIds: readonly UserId[]) => Promise<ReadonlySet<UserId>>;
  readonly now: () => Date;
}

/**
 * Whom a call rings: the other one, and in a group everybody who was not removed from it, as long as the group is small
 * enough that everybody may be called.
 */
export function createAsking({ db, repository, standingOf, hiddenFrom, pushedAmong, now }: Deps) {
  return async (call: Call, { from, userIds, at, expiresAt }: Asking): Promise<Asked[]> => {
    const members = await repository.members(db, call, { userIds, limit: EVERYONE_MEMBERS_MAX + 1 });
    const isTooLarge = members.length > EVERYONE_MEMBERS_MAX;
    const others = members.filter(({ userId }) => userId !== from && !isTooLarge);
    if (others.length === 0) return [];
    const ids = others.map(({ userId }) => userId);
    const [standing, pushed, hidden] = await Promise.all([
      standingOf(db, from, ids),
      pushedAmong(ids),
      hiddenFrom(from, ids),
    ]);
    return others.map((member) => ({
      ...{ callId: call.id, chatId: call.chatId, userId: member.userId, from, isVideo: call.isVideo },
      how: howAsked(standing(member.userId), member, now()),
      isPushedTo: pushed.has(member.userId),
      isHidden: hidden.has(member.userId),
      ...{ round: at, expiresAt, state: 'asked', deviceId: '' },
    }));
  };
}
