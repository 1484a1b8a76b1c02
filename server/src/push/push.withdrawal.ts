import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { chatTag } from '@dialog/shared/push.tags';
import type { Database, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { createPump } from '../platform/pump.ts';
import type { MarkRepository } from './push.marks.repository.ts';
import type { NewPush, PushOutbox } from './push.outbox.ts';
import type { Subscription, Subscriptions } from './push.subscriptions.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<MarkRepository, 'read' | 'left' | 'takeWithdrawals'>;
  readonly subscriptions: Pick<Subscriptions, 'ofPeople'>;
  readonly outbox: Pick<PushOutbox, 'put'>;
  readonly now: () => Date;
  readonly pushed: () => void;
  readonly onError: (error: unknown) => void;
}

const POLL_MS = 1_000;
const AT_ONCE = 100;
/** Who reads on for a while takes it all off in one go. */
const TOGETHER_MS = 1_000;
/** A device that was off for longer finds the notification, and the app says that it is read. */
const WITHDRAWAL_LIFE_MS = 86_400_000;

/** Chromium and Safari count pushes that show nothing, and end up showing something of their own, or end the subscription. */
const SHOWN_ALWAYS = /(^|\.)(googleapis\.com|push\.apple\.com|notify\.windows\.com)$/;

/** What takes something off a device's screen. */
export function withdrawalFrom(
  subscription: Subscription,
  { tag, until, about }: { tag: string; until: number | null; about: string },
  at: Date,
): NewPush {
  return {
    subscription,
    about,
    tag,
    urgency: 'normal',
    expiresAt: new Date(at.getTime() + WITHDRAWAL_LIFE_MS),
    content: {
      kind: 'withdraw',
      tag,
      until,
      mustShow: SHOWN_ALWAYS.test(subscription.service),
      language: subscription.language,
      isQuiet: true,
    },
  };
}

/**
 * Takes what was read off the other screens. Whether a device was told at all its mark says, so nobody else is bothered;
 * what is to go stands in the mark since the transaction of the reading, and what comes anew before that takes its place.
 */
export function createPushWithdrawal({ db, repository, subscriptions, outbox, now, pushed, onError }: Deps) {
  const pump = createPump({
    async work() {
      const taken = await db.transaction(withdrawPortion);
      if (taken > 0) pushed();
      return taken === AT_ONCE;
    },
    everyMs: POLL_MS,
    onError,
  });

  async function withdrawPortion(tx: Tx): Promise<number> {
    const taken = await repository.takeWithdrawals(tx, now(), AT_ONCE);
    const devices = await subscriptions.ofPeople(tx, [...new Set(taken.map(({ userId }) => userId))]);
    const byId = new Map(devices.map((device) => [device.id, device]));
    const pushes = taken.flatMap(({ subscriptionId, chatId, thread, until }) => {
      const device = byId.get(subscriptionId);
      const tag = chatTag(chatId, thread === 0 ? null : thread);
      return device ? [withdrawalFrom(device, { tag, until, about: `withdraw ${tag} ${newId<string>()}` }, now())] : [];
    });
    await outbox.put(tx, pushes);
    return taken.length;
  }

  return {
    kick: pump.kick,
    start: pump.start,
    stop: pump.stop,

    /** In the transaction in which somebody reads so far in a chat, or in a thread (its root's position). */
    async read(
      tx: Tx,
      { userId, chatId, thread, until }: { userId: UserId; chatId: ChatId; thread: number; until: number },
    ): Promise<void> {
      await repository.read(tx, { userId, chatId, thread }, { until, at: new Date(now().getTime() + TOGETHER_MS) });
    },

    /** In the transaction in which somebody leaves a chat. */
    left: (tx: Tx, whose: { userId: UserId; chatId: ChatId }): Promise<void> => repository.left(tx, whose, now()),
  };
}
