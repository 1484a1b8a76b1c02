import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { PUSH_COUNT_MAX } from '@dialog/shared/push.values';
import { chatTag } from '@dialog/shared/push.tags';
import { isUndisturbed, type Settings } from '@dialog/shared/settings.values';
import type { ChatTitles } from '../chats/chats.titles.ts';
import type { MessageReading } from '../messages/messages.reading.ts';
import type { Database, Tx } from '../platform/database.ts';
import { createPump } from '../platform/pump.ts';
import type { Due, DueRepository, KeptPlace } from './push.due.repository.ts';
import type { Hearing } from './push.hearing.ts';
import type { Mark, MarkRepository } from './push.marks.repository.ts';
import type { NewPush, PushOutbox } from './push.outbox.ts';
import type { PushPeople } from './push.people.ts';
import { heardAs, levelOf, type HeardAs } from './push.rules.ts';
import type { SeenPlaces } from './push.seeing.ts';
import type { Subscription, Subscriptions } from './push.subscriptions.ts';
import { pushedContent } from './push.text.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<DueRepository, 'take' | 'delay' | 'remove' | 'placesOf' | 'hiddenIn'>;
  readonly marks: Pick<MarkRepository, 'ofPlaces' | 'put'>;
  readonly subscriptions: Pick<Subscriptions, 'ofPeople'>;
  readonly messages: Pick<MessageReading, 'newestIn'>;
  readonly settingsOf: (tx: Tx, userIds: readonly UserId[]) => Promise<(userId: UserId) => Settings>;
  readonly hearing: Hearing;
  readonly people: PushPeople;
  readonly titlesOf: ChatTitles;
  /** Which of these chats somebody looks at now. */
  readonly seen: SeenPlaces['among'];
  readonly outbox: Pick<PushOutbox, 'put'>;
  readonly now: () => Date;
  /** After the commit: something is to be sent. */
  readonly pushed: () => void;
  readonly onError: (error: unknown) => void;
}

const POLL_MS = 1_000;
/** Places told of in one transaction. */
const AT_ONCE = 50;
/** What somebody looks at is pushed when it is unread all the same after so long. */
const UNSEEN_AFTER_MS = 60_000;
/** Of one place no device is told more often. */
const PACE_MS = 1_000;
/** A message that nobody got within a day is found in the app. */
const LIFE_MS = 86_400_000;

/** One message that somebody is to be told of. */
interface News {
  readonly message: Message;
  readonly as: HeardAs;
}

type Decision =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'later'; readonly at: Date }
  | { readonly kind: 'push'; readonly pushes: readonly NewPush[]; readonly marks: readonly Mark[] };

/** All that decides on a portion of what is due, of one moment. */
interface Scene {
  readonly at: Date;
  readonly isSeen: (place: Due) => boolean;
  readonly places: ReadonlyMap<string, KeptPlace>;
  readonly devices: ReadonlyMap<UserId, readonly Subscription[]>;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly settingsOf: (userId: UserId) => Settings;
  readonly newsOf: (place: KeptPlace, due: Due) => readonly News[];
  readonly nameOf: (userId: UserId) => string;
  readonly senderOf: PushSender;
  readonly titles: ReadonlyMap<ChatId, string>;
}
type PushSender = Awaited<ReturnType<PushPeople['load']>>['senderOf'];

/**
 * Decides what a person's devices are told of one place, at the moment it is due: what was read meanwhile is not told,
 * what somebody looks at waits, and the rest goes out as one push per device, of the newest message and how many there
 * are. A device's mark moves in the same transaction, so no message is told of twice on it (by whichever node), and what
 * came with another batch is told with it.
 */
export function createPushTelling(deps: Deps) {
  const { db, repository, marks, now } = deps;

  const pump = createPump({
    async work() {
      const { taken, hasPushed } = await db.transaction(tellPortion);
      if (hasPushed) deps.pushed();
      return taken === AT_ONCE;
    },
    everyMs: POLL_MS,
    onError: deps.onError,
  });

  async function tellPortion(tx: Tx): Promise<{ taken: number; hasPushed: boolean }> {
    const due = await repository.take(tx, now(), AT_ONCE);
    if (due.length === 0) return { taken: 0, hasPushed: false };
    const scene = await lookAround(tx, due);
    const over: Due[] = [];
    const pushes: NewPush[] = [];
    const moved: Mark[] = [];
    for (const one of due) {
      const decision = decide(one, scene);
      // oxlint-disable-next-line no-await-in-loop -- one transaction is one connection
      if (decision.kind === 'later') await repository.delay(tx, one, decision.at);
      else over.push(one);
      if (decision.kind !== 'push') continue;
      pushes.push(...decision.pushes);
      moved.push(...decision.marks);
    }
    await marks.put(tx, moved);
    await deps.outbox.put(tx, pushes);
    await repository.remove(tx, over);
    return { taken: due.length, hasPushed: pushes.length > 0 };
  }

  async function lookAround(tx: Tx, due: readonly Due[]): Promise<Scene> {
    const userIds = [...new Set(due.map(({ userId }) => userId))];
    const places = await repository.placesOf(tx, due);
    const devices = await deps.subscriptions.ofPeople(tx, userIds);
    const messages = await deps.messages.newestIn(tx, tailsOf(due, places), PUSH_COUNT_MAX);
    const hidden = await repository.hiddenIn(tx, places);
    const settingsOf = await deps.settingsOf(tx, userIds);
    const heard = await deps.hearing(tx, messages, userIds);
    const known = await deps.people.load(tx, messages);
    const at = now();
    const byPlace = Map.groupBy(messages, ({ chatId, thread = 0 }) => `${chatId} ${thread}`);
    return {
      at,
      isSeen: await deps.seen(due),
      places: new Map(places.map((place) => [keyOf(place), place])),
      devices: Map.groupBy(devices, ({ userId }) => userId),
      marks: new Map((await marks.ofPlaces(tx, due)).map((mark) => [`${mark.subscriptionId} ${keyOf(mark)}`, mark])),
      settingsOf,
      nameOf: known.nameOf,
      senderOf: known.senderOf,
      titles: await deps.titlesOf(tx, [
        ...new Set(places.filter(({ isDirect }) => !isDirect).map(({ chatId }) => chatId)),
      ]),
      newsOf(place, { until }) {
        const own = { ...place, thread: place.thread === 0 ? null : { isFollowing: place.isFollowing } };
        const level = levelOf(own, settingsOf(place.userId), at);
        return (byPlace.get(`${place.chatId} ${place.thread}`) ?? [])
          .filter(({ position }) => position > place.readPosition && position <= until)
          .filter(({ position }) => !hidden.has(`${place.userId} ${place.chatId} ${position}`))
          .flatMap((message) => {
            const as = heardAs(heard(message, place), own, level);
            return as === null ? [] : [{ message, as }];
          })
          .toSorted((a, b) => a.message.position - b.message.position);
      },
    };
  }

  function decide(due: Due, scene: Scene): Decision {
    const place = scene.places.get(keyOf(due));
    if (!place || isUndisturbed(scene.settingsOf(due.userId), scene.at.getTime())) return { kind: 'nothing' };
    const news = scene.newsOf(place, due);
    const [oldest] = news;
    if (!oldest) return { kind: 'nothing' };
    const unseenAt = new Date(Date.parse(oldest.message.postedAt) + UNSEEN_AFTER_MS);
    if (scene.isSeen(due) && unseenAt > scene.at) return { kind: 'later', at: unseenAt };
    const devices = scene.devices.get(due.userId) ?? [];
    const told = devices.map((device) => scene.marks.get(`${device.id} ${keyOf(due)}`));
    const lastAt = Math.max(0, ...told.map((mark) => mark?.pushedAt.getTime() ?? 0));
    if (lastAt + PACE_MS > scene.at.getTime()) return { kind: 'later', at: new Date(lastAt + PACE_MS) };
    const pushes = devices.flatMap((device, nth) =>
      pushFor(device, { place, news, from: due.from, after: told[nth]?.position ?? 0 }, scene),
    );
    return {
      kind: 'push',
      pushes,
      marks: pushes.map(({ subscription, place: { position = 0 } = {} }) => ({
        ...{ userId: due.userId, chatId: due.chatId, thread: due.thread },
        subscriptionId: subscription.id,
        position,
        pushedAt: scene.at,
      })),
    };
  }

  return { kick: pump.kick, start: pump.start, stop: pump.stop };
}

interface Told {
  readonly place: KeptPlace;
  /** Oldest first. */
  readonly news: readonly News[];
  /** What is older was nothing to tell when it came. */
  readonly from: number;
  /** How far this device was told. */
  readonly after: number;
}

function pushFor(subscription: Subscription, told: Told, scene: Scene): NewPush[] {
  const { place, news, from, after } = told;
  const fresh = news.filter(({ message }) => message.position > Math.max(after, from - 1));
  const newest = fresh.at(-1)?.message;
  if (!newest) return [];
  const { chatId } = place;
  const thread = place.thread === 0 ? null : place.thread;
  const { notifications, appearance } = scene.settingsOf(place.userId);
  const tag = chatTag(chatId, thread);
  const kind = strongest(fresh);
  return [
    {
      subscription,
      about: `${tag} ${newest.position}`,
      tag,
      urgency: place.isDirect || kind !== 'message' ? 'high' : 'normal',
      expiresAt: new Date(Date.parse(newest.postedAt) + LIFE_MS),
      place: { chatId, thread: place.thread, position: newest.position, after, from, revision: place.revision },
      // Whoever is called by name is one of few.
      ...(kind === 'message' ? { audience: place.memberCount } : {}),
      content: {
        ...{ kind, chatId, thread },
        position: newest.position,
        after: Math.max(after, place.readPosition),
        count: news.length,
        language: appearance.language ?? subscription.language,
        isQuiet: notifications.sound === 'none' || fresh.every(({ message }) => message.isSilent),
        content: notifications.showsContent ? shownOf(newest, place, scene) : null,
      },
    },
  ];
}

function shownOf(message: Message, { isDirect, chatId }: KeptPlace, { nameOf, senderOf, titles }: Scene) {
  const shown = pushedContent(message, nameOf);
  return (
    shown && {
      ...shown,
      sender: senderOf(message.senderId),
      title: isDirect ? null : (titles.get(chatId) ?? null),
    }
  );
}

function strongest(news: readonly News[]): HeardAs {
  const all = new Set(news.map(({ as }) => as));
  if (all.has('mention')) return 'mention';
  return all.has('reply') ? 'reply' : 'message';
}

function keyOf({ userId, chatId, thread }: { userId: UserId; chatId: ChatId; thread: number }): string {
  return `${userId} ${chatId} ${thread}`;
}

/** What is new in each place to the one who has read least of it there. */
function tailsOf(due: readonly Due[], places: readonly KeptPlace[]) {
  const kept = new Map(places.map((place) => [keyOf(place), place]));
  const tails = new Map<string, { chatId: ChatId; thread: number | null; after: number; until: number }>();
  for (const one of due) {
    const place = kept.get(keyOf(one));
    if (!place) continue;
    const key = `${one.chatId} ${one.thread}`;
    const known = tails.get(key);
    tails.set(key, {
      chatId: one.chatId,
      thread: one.thread === 0 ? null : one.thread,
      after: Math.min(place.readPosition, known?.after ?? place.readPosition),
      until: Math.max(one.until, known?.until ?? 0),
    });
  }
  return [...tails.values()];
}
