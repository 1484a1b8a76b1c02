import type { Cursor } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { ChatRooms } from '../chats/chats.rooms.ts';
import type { Database, Tx } from '../platform/database.ts';
import { createGathered } from '../platform/gathered.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { DialogSocket, Sockets } from '../platform/sockets/sockets.ts';

/** Whether this person does not tell what they have read, and so is not told what others have; `whose` is an SQL expression. */
export function hidesReading(whose: string): string {
  return `EXISTS (SELECT 1 FROM settings s WHERE s.user_id = ${whose}
    AND JSON_UNQUOTE(JSON_EXTRACT(s.body, '$.privacy.readReceipts')) = 'false')`;
}

interface Moved {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly cursors: readonly Cursor[];
}

interface Deps {
  readonly db: Database;
  readonly sockets: Pick<Sockets, 'bus'>;
  readonly rooms: Pick<ChatRooms, 'localChats' | 'watchersOf' | 'epochOf'>;
  readonly onError: (error: unknown) => void;
}

const MOVED_TOPIC = 'messages.cursorsMoved';
const CHOSE_TOPIC = 'messages.receiptsChosen';
const PEOPLE_AT_ONCE = 500;
const REMEMBERED_MAX = 20_000;
/** So long at most a choice stays unknown to a node that the word of it did not reach. */
const REMEMBERED_MS = 60_000;
/** Somebody chooses at the very moment of the question; more often than this is not by chance. */
const TRIES = 3;

interface Answer {
  readonly until: number;
  readonly hides: Promise<boolean>;
}

/**
 * Tells those who have a chat on screen how far others have got. Whoever hides what they read is told of others what has
 * reached them, and no more: each node knows that of its own watchers, asks the database once a minute, and again when they choose.
 */
export function createReceipts({ db, sockets, rooms, onError }: Deps) {
  const hiding = new Map<UserId, Answer>();
  const ask = createGathered<UserId, boolean>({ load: (userIds) => load(db, userIds), atOnce: PEOPLE_AT_ONCE });

  /** What was on its way when they chose is no answer: it is asked again. */
  async function hidesFor(userId: UserId, tried = 1): Promise<boolean> {
    const known = hiding.get(userId);
    const entry = known && known.until > performance.now() ? known : remember(userId);
    const hides = await entry.hides;
    return hiding.get(userId) === entry || tried === TRIES ? hides : hidesFor(userId, tried + 1);
  }

  function remember(userId: UserId): Answer {
    const hides = ask(userId).then(
      (answer) => answer ?? false,
      (error: unknown) => {
        hiding.delete(userId);
        throw error;
      },
    );
    const entry = { until: performance.now() + REMEMBERED_MS, hides };
    if (hiding.size >= REMEMBERED_MAX) hiding.clear();
    hiding.set(userId, entry);
    return entry;
  }

  async function tellOne(socket: DialogSocket, { chatId, cursors }: Moved): Promise<void> {
    const { userId } = socket.caller;
    const hides = await hidesFor(userId);
    // Whoever was removed while it was asked is told no more (R11).
    if (rooms.epochOf(socket, chatId) === null) return;
    socket.tell('cursorsMoved', {
      chatId,
      cursors: hides ? cursors.map((cursor) => (cursor.userId === userId ? cursor : unread(cursor))) : [...cursors],
    });
  }

  function hear(moved: Moved): void {
    for (const socket of rooms.watchersOf(moved)) tellOne(socket, moved).catch(onError);
  }

  // oxlint-disable typescript/no-unsafe-type-assertion -- published by this very code, here or on another node
  sockets.bus.on(
    MOVED_TOPIC,
    (payload) => hear(payload as Moved),
    (chatId) => rooms.localChats.has(chatId as ChatId),
  );
  sockets.bus.on(CHOSE_TOPIC, (payload) => void hiding.delete(payload as UserId));
  // oxlint-enable typescript/no-unsafe-type-assertion

  return {
    tell: (moved: Moved) => sockets.bus.publish(MOVED_TOPIC, moved, moved.chatId),
    /** After the commit of their choice. */
    chose: (userId: UserId) => sockets.bus.publish(CHOSE_TOPIC, userId),
  };
}

/** What has reached somebody, without what they have read of it. */
function unread(cursor: Cursor): Cursor {
  return { ...cursor, readPosition: 0 };
}

async function load(tx: Tx, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, boolean>> {
  const rows = await tx.rows<{ id: Buffer; hides: number }>(
    `SELECT u.id, ${hidesReading('u.id')} AS hides FROM users u WHERE u.id IN (:userIds)`,
    { userIds: userIds.map(toBytes) },
  );
  return new Map(rows.map(({ id, hides }) => [fromBytes<UserId>(id), hides === 1]));
}
