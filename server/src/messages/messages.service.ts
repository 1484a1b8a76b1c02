import {
  CURSORS_TOLD_UP_TO,
  MEMBERS_PAGE,
  SYNC_CHATS_MAX,
  type ChatSummary,
  type Cursor,
  type Member,
  type PersonChanges,
} from '@dialog/shared/chats';
import { clearedPositionOf } from '@dialog/shared/chats.clearing';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import {
  CHANGES_MAX,
  HISTORY_PAGE,
  type Message,
  type MessageMark,
  type messageRoutes,
  type SystemNote,
} from '@dialog/shared/messages';
import type { ChatChange } from '../chats/chats.change.ts';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ListedPlace, PlacesOf } from '../chats/chats.places.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { sealNote } from './messages.content.ts';
import type { MarkRepository } from './messages.marks.repository.ts';
import type { MemberWithCursor, MessageRepository } from './messages.repository.ts';
import type { OpenMessages } from './messages.opening.ts';
import { UNTHREADED, UNTOUCHED } from './messages.stored.ts';
import { withheldRepository } from './messages.withheld.ts';
import type { Summaries } from './messages.summaries.ts';
import type { SummaryRepository } from './messages.summaries.repository.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'clearedFor' | 'presentChat'>;
  readonly placesOf: PlacesOf;
  readonly keys: Pick<ChatKeys, 'numbered'>;
  readonly open: OpenMessages;
  readonly repository: MessageRepository;
  readonly marks: MarkRepository;
  readonly summaryRepository: SummaryRepository;
  readonly summaries: Summaries;
  /** What else of a person's own changed after this revision of theirs. */
  readonly ownSince: (
    tx: Tx,
    userId: UserId,
    since: number,
  ) => Promise<Pick<PersonChanges, 'folders' | 'settings' | 'relations'>>;
  readonly now: () => Date;
}

type HistoryPage = RouteReply<typeof messageRoutes.listHistory>;
type Opened = RouteReply<typeof messageRoutes.openChat>;
type Listed = RouteReply<typeof messageRoutes.listChanges>;
type Synced = RouteReply<typeof messageRoutes.syncChats>;

const NO_MARKS = { marks: [], until: Number.POSITIVE_INFINITY };

export type MessageService = ReturnType<typeof createMessageService>;

/**
 * Reading: a chat, its history, what changed in it, a person's list. Each answer is complete up to the revision that was
 * read first; what is read after it can only be newer, and the device merges that by its own revision, so that no
 * snapshot is needed to agree.
 */
export function createMessageService(deps: Deps) {
  const { db, chats, placesOf, keys, open, repository, marks, summaryRepository, summaries, now } = deps;

  async function requireSummary(userId: UserId, chatId: ChatId): Promise<ChatSummary> {
    const [summary] = await summaries.ofPerson(db, userId, [chatId]);
    if (!summary) throw new AppError('chat-not-found', 'not a member');
    return summary;
  }

  async function pageBefore(
    { userId, chatId, cleared }: { userId: UserId; chatId: ChatId; cleared: number },
    before: number,
  ): Promise<HistoryPage> {
    const rows = await repository.pageBefore(db, { chatId, before, after: cleared, limit: HISTORY_PAGE + 1 });
    const hasOlder = rows.length > HISTORY_PAGE;
    const messages = (await open(db, rows.slice(0, HISTORY_PAGE), userId)).toReversed();
    const from = hasOlder ? (messages[0]?.position ?? 0) : 0;
    const ownMarks = await marks.between(db, { userId, chatId, from, until: before });
    return { from, messages, hasOlder, marks: ownMarks };
  }

  async function cursorsOf(viewer: UserId, chatId: ChatId, memberCount: number): Promise<Cursor[]> {
    if (memberCount > CURSORS_TOLD_UP_TO) return [];
    const members = await repository.firstMembers(db, { chatId, viewer, limit: CURSORS_TOLD_UP_TO });
    return members.map((member) => member.cursor);
  }

  /** What one act marked stays together: an answer that is cut ends before the revision it would divide. */
  async function marksAfter(userId: UserId, since: number): Promise<{ marks: MessageMark[]; until: number }> {
    const changed = await marks.changed(db, { userId, since, limit: CHANGES_MAX + 1 });
    const cutAt = changed[CHANGES_MAX]?.revision;
    if (cutAt === undefined) return { marks: changed, until: Number.POSITIVE_INFINITY };
    return { marks: changed.filter(({ revision }) => revision < cutAt), until: cutAt - 1 };
  }

  return {
    async openChat(userId: UserId, chatId: ChatId): Promise<Opened> {
      const [summary, marksRevision] = await Promise.all([
        requireSummary(userId, chatId),
        marks.personRevision(db, userId),
      ]);
      const [members, history] = await Promise.all([
        repository.firstMembers(db, { chatId, viewer: userId, limit: MEMBERS_PAGE + 1 }),
        pageBefore({ userId, chatId, cleared: clearedPositionOf(summary.chat, summary.place) }, summary.revision + 1),
      ]);
      const isSmall = summary.chat.memberCount <= CURSORS_TOLD_UP_TO;
      return {
        summary,
        members: members.slice(0, MEMBERS_PAGE).map((member) => toMember(chatId, member)),
        hasMoreMembers: members.length > MEMBERS_PAGE,
        cursors: isSmall ? members.map((member) => member.cursor) : [],
        history,
        marksRevision,
      };
    },

    async listHistory(userId: UserId, chatId: ChatId, before: number): Promise<HistoryPage> {
      return pageBefore({ userId, chatId, cleared: await chats.clearedFor(db, userId, chatId) }, before);
    },

    async listChanges(
      userId: UserId,
      chatId: ChatId,
      { since, marksSince }: { since: number; marksSince: number },
    ): Promise<Listed> {
      const [[stored], marksRevision] = await Promise.all([
        summaryRepository.ofPerson(db, userId, [chatId]),
        marks.personRevision(db, userId),
      ]);
      if (!stored) throw new AppError('chat-not-found', 'not a member');
      const { chat, place } = stored;
      const until = chat.revision;
      const after = Math.max(chat.clearedPosition, place.clearedPosition);
      // A device ahead of the server knows what a restored backup does not: it starts over.
      if (since > until) return { kind: 'reset' };
      const limit = CHANGES_MAX + 1;
      const isBehind = since < until;
      const [members, messages, cursors, ownMarks] = await Promise.all([
        isBehind ? repository.membersChanged(db, { chatId, viewer: userId, since, limit }) : [],
        isBehind ? repository.changed(db, { chatId, after, since, until, limit }) : [],
        cursorsOf(userId, chatId, chat.memberCount),
        marksSince < marksRevision ? marks.changed(db, { userId, chatId, since: marksSince, limit }) : [],
      ]);
      if (members.length + messages.length > CHANGES_MAX || ownMarks.length > CHANGES_MAX) return { kind: 'reset' };
      const key = (await keys.numbered(db, [chat])).get(chatId) ?? null;
      const changes = {
        chatId,
        from: since,
        revision: until,
        chat: chat.ownRevision > since ? chats.presentChat(chat, key) : null,
        members: members.map((member) => toMember(chatId, member)),
        messages: await open(db, messages, userId),
      };
      return { kind: 'changes', changes, cursors, marks: ownMarks, marksRevision };
    },

    /** The person's revision comes from the same moment as the list; a summary can only be newer than both. */
    async syncChats(
      userId: UserId,
      device: { since: number; known: readonly { chatId: ChatId; revision: number }[] },
    ): Promise<Synced> {
      const { revision, places } = await placesOf(userId);
      const differing = differingFrom(places, device);
      const sent = differing.slice(0, SYNC_CHATS_MAX);
      const hasMoreChats = differing.length > sent.length;
      const isIn = new Set(places.map((place) => place.chatId));
      const gone = device.known.flatMap(({ chatId }) => (isIn.has(chatId) ? [] : [chatId]));
      const isBehind = device.since > 0 && revision > device.since;
      const alsoGone = isBehind ? await summaryRepository.goneSince(db, userId, device.since) : [];
      const own = isBehind ? await marksAfter(userId, device.since) : NO_MARKS;
      // Sent in the order of the person's revision: with more to come the device is level up to the last one only.
      const chatsUntil = hasMoreChats ? Math.max(device.since, sent.at(-1)?.personRevision ?? 0) : revision;
      const changes: PersonChanges = {
        from: device.since,
        revision: Math.min(chatsUntil, own.until),
        chats: await summaries.ofPerson(
          db,
          userId,
          sent.map((place) => place.chatId),
        ),
        gone: [...new Set([...gone, ...alsoGone])],
        marks: own.marks,
        ...(await deps.ownSince(db, userId, device.since)),
      };
      return { changes, hasMore: hasMoreChats || own.until < revision };
    },

    /** Stores what a chat says of itself, as part of the act that made it say so. */
    async postNote(change: ChatChange, note: SystemNote): Promise<Message> {
      const { tx, chatId, actorId } = change;
      const id = newId<MessageId>();
      const position = change.nextRevision();
      const postedAt = now();
      const body = sealNote(change.key, note, { chatId, id });
      await repository.insert(tx, [
        {
          chatId,
          position,
          id,
          senderId: actorId,
          kind: 'system',
          body,
          postedAt,
          revision: position,
          replyTo: null,
          ...UNTOUCHED,
          ...UNTHREADED,
        },
      ]);
      if ((change.actorBars & BARS.withheld) > 0)
        await withheldRepository.hide(tx, { chatId, senderId: actorId, position });
      const content = { kind: 'system' as const, note };
      return { id, chatId, senderId: actorId, content, postedAt: postedAt.toISOString(), position, revision: position };
    },
  };
}

/** What the device does not know, or knows at another revision, in the order of the person's revision. */
function differingFrom(
  places: readonly ListedPlace[],
  device: { since: number; known: readonly { chatId: ChatId; revision: number }[] },
): ListedPlace[] {
  const known = new Map(device.known.map(({ chatId, revision }) => [chatId, revision]));
  return places
    .filter((place) => place.personRevision > device.since || known.get(place.chatId) !== place.revision)
    .toSorted((a, b) => a.personRevision - b.personRevision);
}

function toMember(chatId: ChatId, { user, role, revision }: MemberWithCursor): Member {
  return { chatId, user, role, revision };
}
