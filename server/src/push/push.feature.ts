import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Settings } from '@dialog/shared/settings';
import type { ChatTitles } from '../chats/chats.titles.ts';
import type { MessageReading } from '../messages/messages.reading.ts';
import type { Tx } from '../platform/database.ts';
import { createJobs } from '../platform/jobs/jobs.ts';
import type { Platform } from '../platform/platform.ts';
import { createWebPush } from '../platform/webPush/webPush.ts';
import { createPushCalls } from './push.calls.ts';
import { deliveryRepository } from './push.deliveries.repository.ts';
import { dueRepository } from './push.due.repository.ts';
import { createPushEvents } from './push.events.ts';
import { createHearing, type BlockedAmong } from './push.hearing.ts';
import { createPushKeys } from './push.keys.ts';
import { pushKeyRepository } from './push.keys.repository.ts';
import { markRepository } from './push.marks.repository.ts';
import { createPushOutbox } from './push.outbox.ts';
import { createPushPeople, type PushPeopleDeps } from './push.people.ts';
import { createPushPosted } from './push.posted.ts';
import { servePush } from './push.routes.ts';
import { createSeenPlaces } from './push.seeing.ts';
import { createPushSending } from './push.sending.ts';
import { createPushService } from './push.service.ts';
import { subscriptionRepository, type SessionBounds } from './push.subscriptions.repository.ts';
import { createSubscriptions } from './push.subscriptions.ts';
import { createSomeone } from './push.someone.ts';
import { createPushStanding } from './push.standing.ts';
import { createPushSweep } from './push.sweep.ts';
import { createPushTakenBack } from './push.takenBack.ts';
import { createPushTelling } from './push.telling.ts';
import { createPushWithdrawal } from './push.withdrawal.ts';

interface Neighbours extends PushPeopleDeps {
  readonly messages: Pick<MessageReading, 'newestIn' | 'sendersAt' | 'visibleTo' | 'hasReacted'>;
  readonly titlesOf: ChatTitles;
  readonly settingsOf: (tx: Tx, userIds: readonly UserId[]) => Promise<(userId: UserId) => Settings>;
  readonly blockedAmong: BlockedAmong;
  readonly sessionBounds: () => SessionBounds;
}

/** Under way at a time: what follows from messages, of which each asks the database for a portion of people. */
const JOBS_AT_ONCE = 6;

/** What comes within this time is taken up in one go. */
const SOON_MS = 20;

/** All of Web Push: the parts of this folder, with a runner and a way out of their own, so that they hold up nothing else. */
export function createPushFeature(platform: Platform, neighbours: Neighbours) {
  const { db, log, now, masterKey, config, sockets, redis } = platform;
  const { messages, titlesOf, settingsOf, blockedAmong } = neighbours;
  const onError = (error: unknown): void => log.warn({ err: error }, 'push: will be tried again');

  const jobs = createJobs({ db, log, now, atOnce: JOBS_AT_ONCE });
  const webPush = createWebPush({ hosts: config.push.hosts, allow: config.egressAllow });
  const keys = createPushKeys({ db, repository: pushKeyRepository, masterKey, config: config.push });
  const someone = createSomeone({ db, repository: subscriptionRepository, bus: sockets.bus, onError });
  const subscriptions = createSubscriptions({
    came: someone.came,
    ...{ db, webPush, masterKey, now },
    repository: subscriptionRepository,
    sessionBounds: neighbours.sessionBounds,
  });
  const outbox = createPushOutbox({ repository: deliveryRepository, now });
  const hearing = createHearing({ messages, blockedAmong });
  const people = createPushPeople(neighbours);
  const seen = createSeenPlaces({ redis, sockets, now, onError });
  const standing = createPushStanding({
    ...{ db, now },
    repository: deliveryRepository,
    due: dueRepository,
    marks: markRepository,
    dueCame: () => telling.kick(),
  });
  const sending = createPushSending({
    ...{ db, subscriptions, standing, keys, webPush, log, now },
    repository: deliveryRepository,
    subscriptionRepository,
  });
  const pushed = sending.kick;
  const common = { db, subscriptions, outbox, settingsOf, people, titlesOf, messages, now, pushed, onError };
  const telling = createPushTelling({
    ...common,
    repository: dueRepository,
    marks: markRepository,
    hearing,
    seen: seen.among,
  });
  const posted = createPushPosted({
    ...{ db, jobs, messages, settingsOf, hearing, now },
    repository: dueRepository,
    isAnyone: someone.isThere,
    dueCame: telling.kick,
  });
  const withdrawal = createPushWithdrawal({ ...common, repository: markRepository });
  const { takenBack } = createPushTakenBack({
    ...{ db, jobs, now },
    marks: markRepository,
    deliveries: deliveryRepository,
    isAnyone: someone.isThere,
    withdrawn: withdrawal.kick,
  });
  const sweep = createPushSweep({ ...common, deliveries: deliveryRepository, marks: markRepository });
  const events = createPushEvents({ ...common, jobs, blockedAmong, places: dueRepository });
  const calls = createPushCalls({
    ...{ ...common, jobs, events },
    deliveries: deliveryRepository,
    listeners: dueRepository.listeners,
  });
  servePush(platform.router, createPushService({ ...common, keys, webPush, repository: subscriptionRepository }));

  return {
    posted,
    events,
    calls,
    withdrawal,
    takenBack,
    look: seen.look,
    /** Those of these people who have a device that is pushed to. */
    async pushedAmong(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
      return new Set((await subscriptions.ofPeople(db, userIds)).map(({ userId }) => userId));
    },
    /** After a commit that may have left something to tell: soon, for all who come meanwhile at once. */
    told: createSoon(jobs.kick),
    sessionsEnded: subscriptions.sessionsEnded,
    chatRemoved: (tx: Tx, chatId: ChatId) => dueRepository.chatRemoved(tx, chatId),
    /** Answers how to stop. */
    async start(): Promise<() => Promise<void>> {
      const stopLooking = await someone.start();
      jobs.start();
      for (const pump of [telling, withdrawal, sending, sweep]) pump.start();
      return async () => {
        stopLooking();
        seen.stop();
        webPush.stop();
        await Promise.all([jobs, telling, withdrawal, sending, sweep].map((part) => part.stop()));
      };
    },
  };
}

function createSoon(work: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, SOON_MS).unref();
  };
}
