import { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { isUndisturbed, type Settings } from '@dialog/shared/settings.values';
import * as z from 'zod';
import type { Database, Tx, WriteTx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { MessageReading } from '../messages/messages.reading.ts';
import type { DueRepository, Listener } from './push.due.repository.ts';
import type { Hearing } from './push.hearing.ts';
import { heardAs, levelOf, turnOf } from './push.rules.ts';

/** What of the messages feature's `Posted` counts here. */
interface Posted {
  readonly message: Message;
  readonly memberCount: number;
  /** Nobody but its sender knows of it. */
  readonly isWithheld?: boolean;
}

interface Deps {
  readonly db: Database;
  readonly jobs: Pick<Jobs, 'add' | 'addAtCommit' | 'handle' | 'kick'>;
  readonly repository: Pick<DueRepository, 'listeners' | 'put'>;
  readonly messages: Pick<MessageReading, 'newestIn'>;
  readonly settingsOf: (tx: Tx, userIds: readonly UserId[]) => Promise<(userId: UserId) => Settings>;
  readonly hearing: Hearing;
  readonly now: () => Date;
  /** Whether anybody is pushed to at all. */
  readonly isAnyone: () => boolean;
  /** After the commit: somebody is to be told. */
  readonly dueCame: () => void;
}

const TOPIC = 'push.posted';
/** People looked at in one transaction; the next ones are the next job's. */
const PORTION = 200;
/** No batch holds more. */
const BATCH_MAX = 128;

/** One chat of a batch, or a thread in it: what came, after one position and up to another. */
const Place = z.object({
  chatId: ChatId,
  thread: z.nullable(z.number()),
  after: z.number(),
  until: z.number(),
});
type Place = z.infer<typeof Place>;
const Came = z.object({ places: z.array(Place), beyond: z.optional(UserId) });

/**
 * What follows from messages: one outbox row for a whole batch, whatever it holds and whoever is in its chats. The job
 * then looks for those who have a device and want to hear of it, so many at a time, and notes that they are due.
 */
export function createPushPosted(deps: Deps) {
  const { db, jobs, repository, now } = deps;

  jobs.handle(TOPIC, async (payload) => {
    const { places, beyond } = z.parse(Came, payload);
    const [place, ...others] = places;
    if (!place) return;
    const isNew = await db.transaction(async (tx) => {
      if (others.length > 0) await jobs.add(tx, TOPIC, { places: others } satisfies z.infer<typeof Came>);
      return tellPortion(tx, place, beyond ?? null);
    });
    if (isNew) deps.dueCame();
    if (others.length > 0) jobs.kick();
  });

  async function tellPortion(tx: Tx, place: Place, beyond: UserId | null): Promise<boolean> {
    const { chatId, thread, until } = place;
    const at = { chatId, thread: thread ?? 0, after: beyond, limit: PORTION };
    const listeners = await repository.listeners(tx, at);
    const last = listeners.at(-1);
    if (listeners.length === PORTION && last)
      await jobs.add(tx, TOPIC, { places: [place], beyond: last.userId } satisfies z.infer<typeof Came>);
    const wanting = listeners.length === 0 ? [] : await whoWant(tx, place, listeners);
    await repository.put(
      tx,
      wanting.map(({ userId }) => ({ userId, chatId, thread: thread ?? 0, from: place.after + 1, until })),
      turnOf(last?.memberCount ?? 0, now()),
    );
    return wanting.length > 0 || listeners.length === PORTION;
  }

  async function whoWant(tx: Tx, place: Place, listeners: readonly Listener[]): Promise<Listener[]> {
    const messages = await deps.messages.newestIn(tx, [place], BATCH_MAX);
    const userIds = listeners.map(({ userId }) => userId);
    const settingsOf = await deps.settingsOf(tx, userIds);
    const heard = await deps.hearing(tx, messages, userIds);
    const at = now();
    return listeners.filter(({ userId, isFollowing, memberCount, ...kept }) => {
      const settings = settingsOf(userId);
      if (isUndisturbed(settings, at.getTime())) return false;
      const own = { ...kept, thread: place.thread === null ? null : { isFollowing } };
      const level = levelOf(own, settings, at);
      return messages.some((message) => heardAs(heard(message, { userId, memberCount }), own, level) !== null);
    });
  }

  return {
    /** In the transaction that posts these. Where nobody else is, nobody is told. */
    askAtCommit(tx: WriteTx, posted: readonly Posted[]): void {
      if (!deps.isAnyone()) return;
      const places = placesOf(posted.filter(({ memberCount, isWithheld }) => memberCount > 1 && !isWithheld));
      if (places.length > 0) jobs.addAtCommit(tx, TOPIC, [{ places } satisfies z.infer<typeof Came>]);
    },
  };
}

function placesOf(posted: readonly Posted[]): Place[] {
  const places = new Map<string, Place>();
  for (const { message } of posted) {
    const { chatId, position, thread = null } = message;
    const key = `${chatId} ${thread}`;
    const { after = position - 1, until = position } = places.get(key) ?? {};
    places.set(key, {
      chatId,
      thread,
      after: Math.min(after, position - 1),
      until: Math.max(until, position),
    });
  }
  return [...places.values()];
}
