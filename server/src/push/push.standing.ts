import type { UserId } from '@dialog/shared/contract/values';
import type { Database, Tx } from '../platform/database.ts';
import type { Delivery, DeliveryRepository, PushedPlace, Standing } from './push.deliveries.repository.ts';
import type { DueRepository } from './push.due.repository.ts';
import type { MarkRepository } from './push.marks.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<DeliveryRepository, 'standingOf' | 'holdReading' | 'remove' | 'finish'>;
  readonly due: Pick<DueRepository, 'put'>;
  readonly marks: Pick<MarkRepository, 'lock' | 'retreat' | 'withdraw'>;
  readonly now: () => Date;
  /** After the commit: something is due anew. */
  readonly dueCame: () => void;
}

interface PlacedDelivery extends Delivery {
  readonly place: PushedPlace;
}

export type PushStanding = ReturnType<typeof createPushStanding>;

/**
 * Whether a push of messages is still true at the moment it is sent: what it tells of may have been read, deleted or
 * edited since it was written down, where its service asked for patience. Then it is not sent; what is left of it is
 * decided anew, as if it had just come.
 */
export function createPushStanding({ db, repository, due, marks, now, dueCame }: Deps) {
  async function giveUp(delivery: PlacedDelivery, userId: UserId, standing: Standing): Promise<void> {
    const { id, subscriptionId, place, mayHaveCome } = delivery;
    const { chatId, thread, position, after, from } = place;
    const mark = { subscriptionId, thread, position };
    await db.transaction(async (tx) => {
      if (mayHaveCome && standing !== 'otherwise') {
        await marks.withdraw(tx, { ...mark, chatId }, now());
        return repository.finish(tx, id);
      }
      if (standing !== 'over') await due.put(tx, [{ userId, chatId, thread, from, until: position }], now());
      await marks.retreat(tx, chatId, { ...mark, after, isDone: await isDone(tx, delivery), at: now() });
      await repository.remove(tx, id);
    });
    if (standing !== 'over') dueCame();
  }

  /** Whether what its device was told before is not to be on screen either. */
  async function isDone(tx: Tx, { subscriptionId, place }: PlacedDelivery): Promise<boolean> {
    const before = await repository.standingOf(tx, subscriptionId, {
      ...place,
      position: place.after,
      from: place.after,
    });
    return before === 'over' || before === 'gone';
  }

  return {
    /** False: it is not to be sent, and everything that follows from that is done. */
    async mayBeSent({ place, ...delivery }: Delivery, userId: UserId): Promise<boolean> {
      if (!place) return true;
      const standing = await repository.standingOf(db, delivery.subscriptionId, place);
      if (standing !== 'stands') await giveUp({ ...delivery, place }, userId, standing);
      return standing === 'stands';
    },

    /**
     * In the transaction that notes a try that the service may have taken. False: while it was on its way it was read or
     * taken back, so it is withdrawn once more; what was withdrawn meanwhile may have come before it. Nothing is missed:
     * whoever reads is waited for, and whoever takes back withdraws after their commit, from a mark that is held here.
     */
    async stillStands(tx: Tx, { subscriptionId, place }: Delivery, userId: UserId): Promise<boolean> {
      if (!place) return true;
      const { chatId, thread, position } = place;
      await repository.holdReading(tx, userId, place);
      await marks.lock(tx, chatId, [{ subscriptionId, thread }]);
      const standing = await repository.standingOf(tx, subscriptionId, place);
      if (standing === 'stands' || standing === 'otherwise') return true;
      await marks.withdraw(tx, { chatId, subscriptionId, thread, position }, now());
      return false;
    },
  };
}
