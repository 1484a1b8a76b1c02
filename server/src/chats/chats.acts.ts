import type { Chat, ChatChanges, ChatSummary, PersonChanges } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { MessageMark } from '@dialog/shared/messages';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import {
  createChange,
  toChanges,
  type ChangeDeps,
  type ChatChange,
  type Outcome,
  type OwnMark,
} from './chats.change.ts';
import { toChat } from './chats.sealed.ts';
import type { ChatKeys } from './chats.keys.ts';
import type { Seat } from './chats.repository.ts';
import type { StoredChat } from './chats.stored.ts';

export interface ChatActsDeps extends ChangeDeps {
  readonly db: Database;
  readonly keys: ChatKeys;
  /** The chat as it stands in the lists of those of these people who are in it. */
  readonly summariesOf: (
    tx: Tx,
    chatId: ChatId,
    userIds: readonly UserId[],
  ) => Promise<ReadonlyMap<UserId, ChatSummary>>;
  /** Stores what somebody has to do with messages of a chat, at their revision, and answers it whole. */
  readonly storeMarks: (
    tx: Tx,
    owner: { readonly userId: UserId; readonly chatId: ChatId; readonly revision: number },
    marks: readonly OwnMark[],
  ) => Promise<MessageMark[]>;
  /** Called after the commit, in the order of commits of one chat on this node (R8). */
  readonly tell: (told: ToldChange) => void;
}

/** All there is to tell of one act, with who came and went. */
export interface ToldChange {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly joined: readonly UserId[];
  readonly ended: readonly UserId[];
  readonly changes: ChatChanges;
  readonly persons: ReadonlyMap<UserId, PersonChanges>;
}

export interface Changed<T> {
  readonly result: T;
  readonly chat: Chat;
  readonly changes: ChatChanges;
  /** What the one who acted has to do with messages now. */
  readonly marks: readonly MessageMark[];
}

export interface ChatAct {
  readonly chatId: ChatId;
  readonly actorId: UserId;
}

/**
 * The unit of work of everything durable in a chat: one transaction under the chat's row lock, one frame told after the
 * commit.
 */
export function createChatActs(deps: ChatActsDeps) {
  const { db, repository, keys, now } = deps;

  /** Everything of an act but its locking: runs it, saves what it touched, and says what is to be told. */
  async function carryOut<T>(start: Parameters<typeof createChange>[1], work: (change: ChatChange) => Promise<T>) {
    const { change, outcome } = createChange(deps, start);
    const result = await work(change);
    const done = outcome();
    const isSealedAnew = done.key !== start.key;
    if (done.heads.revision > done.heads.from || isSealedAnew) await repository.save(start.tx, done.chat);
    const persons = await personChangesOf(start.tx, done, start.actorId);
    const chat = toChat(done.chat, done.key);
    return { result, chat, told: toTold(done, persons), actorId: start.actorId };
  }

  async function personChangesOf(tx: Tx, done: Outcome, actorId: UserId): Promise<Map<UserId, PersonChanges>> {
    const changes = new Map<UserId, PersonChanges>();
    if (done.persons.length === 0) return changes;
    const revisions = await repository.placePersons(tx, done.chat.id, done.persons);
    const summaries = await deps.summariesOf(tx, done.chat.id, done.persons);
    for (const [userId, revision] of revisions) {
      const summary = summaries.get(userId);
      changes.set(userId, {
        from: revision - 1,
        revision,
        chats: summary ? [summary] : [],
        gone: summary ? [] : [done.chat.id],
        marks:
          userId === actorId && done.marks.length > 0
            ? // oxlint-disable-next-line no-await-in-loop -- only the one who acts has any
              await deps.storeMarks(tx, { userId, chatId: done.chat.id, revision }, done.marks)
            : [],
        folders: null,
      });
    }
    return changes;
  }

  async function changeLocked<T>(act: ChatAct & { mustBeIn: boolean }, work: (change: ChatChange) => Promise<T>) {
    const done = await db.transaction(async (tx) => {
      const chat = await repository.lock(tx, act.chatId);
      if (!chat) throw new AppError('chat-not-found');
      const seat = await repository.seatOf(tx, act.chatId, act.actorId);
      if (act.mustBeIn && !seat) throw new AppError('chat-not-found', 'not a member');
      const key = (await keys.numbered(tx, [chat])).get(act.chatId);
      if (!key) throw new Error('the key of this chat does not open');
      return carryOut({ tx, chat, key, ...actorOf(act, seat, chat) }, work);
    });
    return tellAndAnswer(done);
  }

  /** Only after the commit: nobody may hear of what could still be rolled back (R8). */
  function tellAndAnswer<T>(done: { result: T; chat: Chat; told: ToldChange; actorId: UserId }): Changed<T> {
    const { told } = done;
    if (told.changes.revision > told.changes.from || told.persons.size > 0) deps.tell(told);
    const marks = told.persons.get(done.actorId)?.marks ?? [];
    return { result: done.result, chat: done.chat, changes: told.changes, marks };
  }

  /** An act by a present member; anyone else gets `chat-not-found`. */
  function changeChat<T>(act: ChatAct, work: (change: ChatChange) => Promise<T>): Promise<Changed<T>> {
    return changeLocked({ ...act, mustBeIn: true }, work);
  }

  /** An act of the server's own, such as a call's end, told as by `actorId` whether or not they are still in. */
  function changeChatAsServer<T>(act: ChatAct, work: (change: ChatChange) => Promise<T>): Promise<Changed<T>> {
    return changeLocked({ ...act, mustBeIn: false }, work);
  }

  async function create(
    made: { id: ChatId; kind: StoredChat['kind']; actorId: UserId; directKey: Buffer | null },
    work: (change: ChatChange) => Promise<void>,
  ) {
    const { id, kind, actorId } = made;
    const empty: StoredChat = { ...EMPTY_CHAT, id, kind, createdAt: now() };
    const done = await db.transaction(async (tx) => {
      await repository.insert(tx, empty, made.directKey);
      const { key, keyNumber } = await keys.make(tx, id);
      const chat = { ...empty, keyNumber };
      return carryOut({ tx, chat, key, actorId, actorRole: 'owner', actorBars: 0, actorCleared: 0 }, work);
    });
    return tellAndAnswer(done);
  }

  return { changeChat, changeChatAsServer, create };
}

function actorOf({ actorId }: ChatAct, seat: Seat | undefined, { clearedPosition }: StoredChat) {
  if (!seat) return { actorId, actorRole: null, actorBars: 0, actorCleared: clearedPosition };
  return { actorId, actorRole: seat.role, actorBars: seat.bars, actorCleared: seat.cleared };
}

const EMPTY_CHAT = {
  title: null,
  revision: 0,
  ownRevision: 0,
  epoch: 0,
  lastPosition: 0,
  memberCount: 0,
  call: null,
  messageLifetimeSeconds: null,
  description: null,
  pictureId: null,
  emojiRevision: null,
  isAnnouncementOnly: false,
  slowModeSeconds: 0,
  clearedPosition: 0,
  keyNumber: 0,
} as const;

function toTold(done: Outcome, persons: ReadonlyMap<UserId, PersonChanges>): ToldChange {
  return {
    chatId: done.chat.id,
    epoch: done.chat.epoch,
    joined: done.joined,
    ended: done.ended,
    changes: toChanges(done),
    persons,
  };
}
