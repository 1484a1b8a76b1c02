import type { PersonChanges } from '@dialog/shared/chats';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { HISTORY_PAGE, type Message, type MessageMark } from '@dialog/shared/messages';
import { type threadRoutes, THREADS_PAGE } from '@dialog/shared/messages.threads';
import type { ChatChange } from '../chats/chats.change.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { ReadPlace } from './messages.cursors.ts';
import type { CursorRepository } from './messages.cursors.repository.ts';
import type { MarkRepository } from './messages.marks.repository.ts';
import type { OpenMessages } from './messages.opening.ts';
import type { MessageRepository } from './messages.repository.ts';
import { toMessage, type StoredMessage } from './messages.stored.ts';
import type { Summaries } from './messages.summaries.ts';
import type { ThreadRepository } from './messages.threads.repository.ts';

export interface ThreadsDeps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'clearedFor' | 'requireMember'>;
  readonly open: OpenMessages;
  readonly messages: Pick<MessageRepository, 'pageBefore' | 'pageAfter' | 'atPositions'>;
  readonly marks: Pick<MarkRepository, 'at' | 'between' | 'raisePerson' | 'touchPlace'>;
  readonly cursors: Pick<CursorRepository, 'lockPerson' | 'placesOf'>;
  readonly repository: ThreadRepository;
  readonly summaries: Summaries;
  /** In the transaction that moves it: what follows from having read so far. */
  readonly read: (tx: Tx, read: ReadPlace) => Promise<void>;
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
}

interface Look {
  readonly userId: UserId;
  readonly chatId: ChatId;
}

export interface ThreadLook extends Look {
  /** The position of its root. */
  readonly root: number;
}

type ThreadMark = NonNullable<MessageMark['thread']>;
type Listed = RouteReply<typeof threadRoutes.listThreads>;
type Thread = RouteReply<typeof threadRoutes.listThread>;

/** Which stretch of a thread: one end of it, its middle, or none for the newest. */
export type Whence =
  | { readonly kind: 'newest' }
  | { readonly kind: 'before' | 'after' | 'around'; readonly position: number };

interface Rows {
  readonly rows: readonly StoredMessage[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

export type Threads = ReturnType<typeof createThreads>;

/**
 * What is said about one message of a group, beside the conversation. A reply is a message of the chat like any other; a
 * thread is nothing but the position of its root. Whether somebody follows it and how far they have read is theirs alone:
 * part of their mark of the root, with their own revision.
 */
export function createThreads(deps: ThreadsDeps) {
  const { db, chats, open, messages, marks, cursors, repository, summaries, tellPerson } = deps;

  /** Not where it was cleared for the one who looks. */
  async function requireRoot(tx: Tx, { userId, chatId, root }: ThreadLook): Promise<StoredMessage> {
    const cleared = await chats.clearedFor(tx, userId, chatId);
    const [message] = await repository.rootsOf(tx, [{ chatId, thread: root }]);
    if (!message || message.thread !== null || message.position <= cleared) throw new AppError('message-not-found');
    return message;
  }

  async function rowsOf({ chatId, root }: ThreadLook, whence: Whence): Promise<Rows> {
    // A reply is newer than its root, and that is not cleared.
    const thread = { chatId, thread: root, after: root };
    if (whence.kind === 'after') {
      const rows = await messages.pageAfter(db, { ...thread, after: whence.position, limit: HISTORY_PAGE + 1 });
      return { rows: rows.slice(0, HISTORY_PAGE), hasOlder: true, hasNewer: rows.length > HISTORY_PAGE };
    }
    if (whence.kind === 'around') {
      const half = HISTORY_PAGE / 2;
      const [before, after] = await Promise.all([
        messages.pageBefore(db, { ...thread, before: whence.position, limit: half + 1 }),
        messages.pageAfter(db, { ...thread, after: whence.position - 1, limit: half + 1 }),
      ]);
      const rows = [...before.slice(0, half).toReversed(), ...after.slice(0, half)];
      return { rows, hasOlder: before.length > half, hasNewer: after.length > half };
    }
    const before = whence.kind === 'newest' ? Number.MAX_SAFE_INTEGER : whence.position;
    const rows = await messages.pageBefore(db, { ...thread, before, limit: HISTORY_PAGE + 1 });
    const hasNewer = whence.kind === 'before';
    return { rows: rows.slice(0, HISTORY_PAGE).toReversed(), hasOlder: rows.length > HISTORY_PAGE, hasNewer };
  }

  /** Does to this person's mark of the root what `to` says; null: nothing is to be changed. */
  async function change(
    look: ThreadLook,
    to: (known: ThreadMark | undefined, tx: Tx) => Promise<ThreadMark | 'touch' | null>,
  ): Promise<MessageMark | null> {
    const { userId, chatId, root } = look;
    const changed = await db.transaction(async (tx) => {
      await chats.requireMember(tx, userId, chatId);
      await cursors.lockPerson(tx, userId);
      const [known] = await marks.at(tx, look, [root]);
      const next = await to(known?.thread, tx);
      if (next === null) return { mark: known ?? null, told: null };
      const revision = await marks.raisePerson(tx, userId);
      if (next !== 'touch') {
        await repository.putMark(tx, { userId, chatId, revision }, { root, ...next });
        await deps.read(tx, { userId, chatId, thread: root, until: next.readPosition });
      }
      await marks.touchPlace(tx, { userId, chatId, revision });
      const own = next === 'touch' ? [] : await marks.at(tx, look, [root]);
      const inList = await summaries.ofPerson(tx, userId, [chatId]);
      const told = { from: revision - 1, revision, chats: inList, gone: [], marks: own, folders: null };
      return { mark: own[0] ?? known ?? null, told };
    });
    if (changed.told) tellPerson(userId, changed.told);
    return changed.mark;
  }

  return {
    change,

    async list(look: Look, page: { before: number | null; isFollowing: boolean }): Promise<Listed> {
      const { userId, chatId } = look;
      const after = await chats.clearedFor(db, userId, chatId);
      const asked = { userId, chatId, before: page.before ?? Number.MAX_SAFE_INTEGER, after, limit: THREADS_PAGE + 1 };
      const rows = await (page.isFollowing ? repository.followed(db, asked) : repository.roots(db, asked));
      const some = rows.slice(0, THREADS_PAGE);
      const positions = some.map(({ position }) => position);
      const [roots, own] = await Promise.all([open(db, some, userId), marks.at(db, look, positions)]);
      const next = rows.length > some.length ? (roots.at(-1)?.replies?.lastPosition ?? null) : null;
      return { roots, marks: own, next };
    },

    /** What is read first counts as its moment: what is read after it can only be newer. */
    async open(look: ThreadLook, whence: Whence): Promise<Thread> {
      const { userId, chatId } = look;
      const [place] = await cursors.placesOf(db, userId, [chatId]);
      if (!place) throw new AppError('chat-not-found', 'not a member');
      const root = await requireRoot(db, look);
      const { rows, hasOlder, hasNewer } = await rowsOf(look, whence);
      const [from, until] = [rows[0]?.position ?? 0, rows.at(-1)?.position ?? 0];
      const [shown, own, [rootMark]] = await Promise.all([
        open(db, [root, ...rows], userId),
        marks.between(db, { userId, chatId, from, until }),
        marks.at(db, look, [look.root]),
      ]);
      const [first, ...replies] = shown;
      if (!first) throw new Error('a root is there');
      const ends =
        whence.kind === 'after'
          ? { from: whence.position + 1, until: Math.max(whence.position, until) }
          : { from: hasOlder ? from : 0, until };
      const stretch = { ...ends, messages: replies, hasOlder, hasNewer, marks: own };
      return { root: first, rootMark: rootMark ?? null, stretch, revision: place.head };
    },

    /** From here on: what stands there already is no news. */
    async follow(look: ThreadLook, isFollowing: boolean): Promise<MessageMark> {
      await chats.requireMember(db, look.userId, look.chatId);
      const { replies } = await toShown(look);
      const mark = await change(look, async (known) => {
        if (known?.isFollowing === isFollowing) return null;
        return { isFollowing, readPosition: Math.max(known?.readPosition ?? 0, replies?.lastPosition ?? 0) };
      });
      if (!mark) throw new Error('following leaves a mark');
      return mark;
    },

    /** Forward only. Of a thread that somebody does not follow only the calls are done with. */
    async markRead(look: ThreadLook, position: number): Promise<MessageMark | null> {
      const { userId, chatId, root } = look;
      const [place] = await cursors.placesOf(db, userId, [chatId]);
      if (!place) throw new AppError('chat-not-found', 'not a member');
      await requireRoot(db, look);
      const until = Math.min(position, place.head);
      return change(look, async (known, tx) => {
        const hadCalls = await repository.forgetMentions(tx, { userId, chatId, root, until });
        if (known?.isFollowing && known.readPosition < until) return { ...known, readPosition: until };
        return hadCalls ? 'touch' : null;
      });
    },

    /** In the act that took replies back: what is said of these threads is counted again, and told. */
    async repliesRemoved({ tx, chatId, key, ...act }: ChatChange, roots: ReadonlySet<number>): Promise<void> {
      for (const root of await messages.atPositions(tx, chatId, [...roots])) {
        // oxlint-disable-next-line no-await-in-loop -- one connection, and revisions in the order of the messages
        const replies = await repository.countReplies(tx, chatId, root.position);
        const changed = { ...root, replies: replies && JSON.stringify(replies), revision: act.nextRevision() };
        // oxlint-disable-next-line no-await-in-loop -- as above
        await repository.saveReplies(tx, changed);
        act.messageChanged(toMessage(changed, key));
      }
    },
  };

  async function toShown(look: ThreadLook): Promise<Message> {
    const [root] = await open(db, [await requireRoot(db, look)], look.userId);
    if (!root) throw new Error('a root is there');
    return root;
  }
}
