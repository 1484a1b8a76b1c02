import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Redis } from 'ioredis';
import type { DialogSocket, Sockets } from '../platform/sockets/sockets.ts';
import { repeat } from '../platform/jobs/repeated.ts';

interface Place {
  readonly userId: UserId;
  readonly chatId: ChatId;
}

interface Deps {
  readonly redis: Redis;
  readonly sockets: Pick<Sockets, 'onDisconnect'>;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/** A node that died leaves nobody looking for longer than this (R7). */
const LEASE_MS = 40_000;
const RENEW_EVERY_MS = 15_000;
/** Commands in one pipeline. */
const AT_ONCE = 500;

export type SeenPlaces = ReturnType<typeof createSeenPlaces>;

/** Who looks at which chat, on any device and any node: a lease in Redis for each page that says so. */
export function createSeenPlaces({ redis, sockets, now, onError }: Deps) {
  const looking = new Map<string, Place>();

  async function renew(pages: readonly (readonly [string, Place])[]): Promise<void> {
    const until = now().getTime() + LEASE_MS;
    for (let at = 0; at < pages.length; at += AT_ONCE) {
      const pipeline = redis.pipeline();
      for (const [page, place] of pages.slice(at, at + AT_ONCE)) {
        pipeline.zadd(keyOf(place), until, page);
        pipeline.pexpire(keyOf(place), LEASE_MS);
      }
      // oxlint-disable-next-line no-await-in-loop -- one pipeline after the other keeps Redis free for acts
      await pipeline.exec();
    }
  }

  function stopLooking(page: string): void {
    const place = looking.get(page);
    if (!place) return;
    looking.delete(page);
    redis.zrem(keyOf(place), page).catch(onError);
  }

  sockets.onDisconnect(({ id }) => stopLooking(id));
  const stop = repeat(() => renew([...looking]), { everyMs: RENEW_EVERY_MS, onError });

  return {
    stop,

    /** What a page has before somebody's eyes, or nothing. */
    look({ id, caller }: Pick<DialogSocket, 'id' | 'caller'>, chatId: ChatId | null): void {
      const before = looking.get(id);
      if (before?.chatId === chatId) return;
      stopLooking(id);
      if (chatId === null) return;
      const place = { userId: caller.userId, chatId };
      looking.set(id, place);
      renew([[id, place]]).catch(onError);
    },

    /** Without Redis nobody is known to look: rather pushed once too often than not at all. */
    async among(places: readonly Place[]): Promise<(place: Place) => boolean> {
      const seen = new Set<string>();
      try {
        const pipeline = redis.pipeline();
        for (const place of places) pipeline.zcount(keyOf(place), now().getTime(), '+inf');
        const answers = (await pipeline.exec()) ?? [];
        for (const [at, place] of places.entries()) if (Number(answers[at]?.[1] ?? 0) > 0) seen.add(keyOf(place));
      } catch (error) {
        onError(error);
      }
      return (place) => seen.has(keyOf(place));
    },
  };
}

function keyOf({ userId, chatId }: Place): string {
  return `seen:${userId}:${chatId}`;
}
