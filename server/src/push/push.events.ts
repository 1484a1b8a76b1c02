import { ProofChange } from '@dialog/shared/auth.values';
import { CallId, ChatId, Reaction, SessionId, UserId } from '@dialog/shared/contract/values';
import { callTag, pushTagOf } from '@dialog/shared/push.tags';
import { isUndisturbed, type Settings } from '@dialog/shared/settings.values';
import * as z from 'zod';
import type { ChatTitles } from '../chats/chats.titles.ts';
import type { MessageReading } from '../messages/messages.reading.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { DueRepository, KeptPlace } from './push.due.repository.ts';
import type { BlockedAmong } from './push.hearing.ts';
import type { NewPush, PushContent, PushOutbox } from './push.outbox.ts';
import type { PushPeople } from './push.people.ts';
import { levelOf, wantsEvent } from './push.rules.ts';
import type { Subscription, Subscriptions } from './push.subscriptions.ts';
import { pushedContent } from './push.text.ts';

interface Deps {
  readonly db: Database;
  readonly jobs: Pick<Jobs, 'add' | 'handle'>;
  readonly subscriptions: Pick<Subscriptions, 'ofPeople'>;
  readonly places: Pick<DueRepository, 'placesOf'>;
  readonly messages: Pick<MessageReading, 'visibleTo' | 'hasReacted'>;
  readonly settingsOf: (tx: Tx, userIds: readonly UserId[]) => Promise<(userId: UserId) => Settings>;
  readonly people: PushPeople;
  readonly blockedAmong: BlockedAmong;
  readonly titlesOf: ChatTitles;
  readonly outbox: Pick<PushOutbox, 'put'>;
  readonly now: () => Date;
  readonly pushed: () => void;
}

const TOPIC = 'push.event';
const LIFE_MS = 86_400_000;

/** What one person is told of that is no message. `actorId` did it. */
const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reaction'), chatId: ChatId, position: z.number(), actorId: UserId, emoji: Reaction }),
  z.object({ kind: z.enum(['friendRequest', 'friendAccepted']), actorId: UserId }),
  z.object({
    kind: z.enum(['call', 'missedCall']),
    chatId: ChatId,
    callId: CallId,
    actorId: UserId,
    expiresAt: z.iso.datetime(),
  }),
  z.object({ kind: z.literal('signIn'), device: z.string(), place: z.nullable(z.string()), sessionId: SessionId }),
  z.object({ kind: z.literal('accountChanged'), what: ProofChange, device: z.string(), place: z.nullable(z.string()) }),
]);
export type PushEvent = z.infer<typeof Event>;

const Told = z.object({ userIds: z.array(UserId), event: Event, about: z.string() });
/** `about` names the event for good: told again, it is not pushed again. */
export type ToldEvent = z.infer<typeof Told>;

export type PushEvents = ReturnType<typeof createPushEvents>;

/** Tells people's devices of what is no message: an outbox row in the transaction of what happened (R8), then its job. */
export function createPushEvents(deps: Deps) {
  const { db, jobs, now } = deps;

  jobs.handle(TOPIC, async (payload) => {
    const told = z.parse(Told, payload);
    const hasPushed = await db.transaction((tx) => carryOut(tx, told));
    if (hasPushed) deps.pushed();
  });

  async function carryOut(tx: Tx, { userIds, event, about }: ToldEvent): Promise<boolean> {
    const settingsOf = await deps.settingsOf(tx, userIds);
    const at = now();
    const isHeard = await whoMayHear(tx, userIds, event);
    const wanting = userIds.filter((userId) => {
      const settings = settingsOf(userId);
      const isAtNight = !isOfAccount(event) && isUndisturbed(settings, at.getTime());
      return !isAtNight && wantsEvent(event.kind, settings) && isHeard(userId, settings);
    });
    const devices = await deps.subscriptions.ofPeople(tx, wanting);
    const [first] = devices;
    if (!first) return false;
    const contentOf = await contentsOf(tx, event, first.userId);
    const pushes = devices.flatMap((device) => {
      const settings = settingsOf(device.userId);
      const content = contentOf(settings, settings.appearance.language ?? device.language);
      return content ? [pushFor(device, { content, about, event }, at)] : [];
    });
    await deps.outbox.put(tx, pushes);
    return pushes.length > 0;
  }

  /** Those who have to do with who did it, and are in the chat that it is about. */
  async function whoMayHear(
    tx: Tx,
    userIds: readonly UserId[],
    event: PushEvent,
  ): Promise<(userId: UserId, settings: Settings) => boolean> {
    if (isOfAccount(event)) return () => true;
    const isBlocked = await deps.blockedAmong(tx, userIds, [event.actorId]);
    if (!('chatId' in event)) return (userId) => !isBlocked(userId, event.actorId);
    const { chatId } = event;
    const kept = await deps.places.placesOf(
      tx,
      userIds.map((userId) => ({ userId, chatId, thread: 0 })),
    );
    const places = new Map<UserId, KeptPlace>(kept.map((place) => [place.userId, place]));
    return (userId, settings) => {
      const place = places.get(userId);
      return place !== undefined && !isBlocked(userId, event.actorId) && levelOf(place, settings, now()) !== 'nothing';
    };
  }

  /** What is said of it, to somebody with these settings in this language; null where there is nothing any more. */
  async function contentsOf(tx: Tx, event: PushEvent, reader: UserId): Promise<ContentOf> {
    if (isOfAccount(event)) {
      const { device, place } = event;
      const what = event.kind === 'signIn' ? { kind: event.kind } : { kind: event.kind, what: event.what };
      return (_settings, language) => ({ ...what, device, place, language, isQuiet: false });
    }
    const sender = (await deps.people.byIds(tx, [event.actorId])).senderOf(event.actorId);
    if (!('chatId' in event)) {
      const { kind, actorId } = event;
      return (settings, language) => ({
        ...{ kind, userId: actorId, language, isQuiet: isQuiet(settings) },
        content: settings.notifications.showsContent ? { sender } : null,
      });
    }
    const title = (await deps.titlesOf(tx, [event.chatId])).get(event.chatId) ?? null;
    if (!('callId' in event)) return reactionOf(tx, event, { reader, sender, title });
    const { kind, chatId, callId, expiresAt } = event;
    return (settings, language) => ({
      ...{ kind, chatId, callId, expiresAt, language, isQuiet: isQuiet(settings) },
      content: settings.notifications.showsContent ? { sender, title } : null,
    });
  }

  /** Nobody but who wrote the message is told of it, if both still stand for them. */
  async function reactionOf(
    tx: Tx,
    { kind, chatId, position, emoji, actorId }: Extract<PushEvent, { kind: 'reaction' }>,
    {
      reader,
      sender,
      title,
    }: { reader: UserId; sender: { name: string; picture: string | null }; title: string | null },
  ): Promise<ContentOf> {
    const [message] = await deps.messages.visibleTo(reader, [{ chatId, position }]);
    if (!message || !(await deps.messages.hasReacted(tx, { chatId, position, userId: actorId, emoji })))
      return () => null;
    const { nameOf } = await deps.people.load(tx, [message]);
    const text = pushedContent(message, nameOf)?.text ?? '';
    return (settings, language) => ({
      ...{ kind, chatId, position, thread: message.thread ?? null, language, isQuiet: isQuiet(settings) },
      content: settings.notifications.showsContent ? { sender, title, emoji, text } : null,
    });
  }

  return {
    /** In the transaction of what happened. */
    async tell(tx: Tx, told: ToldEvent): Promise<void> {
      if (told.userIds.length > 0) await jobs.add(tx, TOPIC, told);
    },
  };
}

/** Nobody did it to them, and it is told at any hour. */
function isOfAccount(event: PushEvent): event is Extract<PushEvent, { kind: 'signIn' | 'accountChanged' }> {
  return event.kind === 'signIn' || event.kind === 'accountChanged';
}

type ContentOf = (settings: Settings, language: string) => PushContent | null;

function isQuiet({ notifications }: Settings): boolean {
  return notifications.sound === 'none';
}

interface Said {
  readonly content: PushContent;
  readonly about: string;
  readonly event: PushEvent;
}

function pushFor(subscription: Subscription, { content, about, event }: Said, at: Date): NewPush {
  const isCall = event.kind === 'call';
  const tag = 'callId' in event ? callTag(event.callId) : pushTagOf(content);
  return {
    subscription,
    content,
    about,
    tag,
    urgency: isCall ? 'high' : 'normal',
    expiresAt: isCall ? new Date(event.expiresAt) : new Date(at.getTime() + LIFE_MS),
  };
}
