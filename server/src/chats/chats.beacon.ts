import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Database } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import type { Log } from '../platform/log/log.ts';
import type { DialogSocket, Sockets } from '../platform/sockets/sockets.ts';
import type { HeadsRepository } from './chats.heads.repository.ts';
import type { ChatRooms, LocalChat } from './chats.rooms.ts';

/** With the settling below and a slow query this stays under the 10 s that a lost fact may take (L5). */
const ROUND_MS = 8_000;
/** Frames of what was just committed overtake the beacon's word of it, or every client would ask for what is on its way. */
const SETTLE_MS = 500;
/** Heads asked for in one statement, so that its text stays small. */
const HEADS_PER_QUERY = 5_000;
/** People whose places are asked for in one statement. */
const PERSONS_PER_QUERY = 500;

interface Deps {
  readonly sockets: Pick<Sockets, 'localSockets' | 'allLocalSockets'>;
  readonly db: Database;
  readonly repository: Pick<HeadsRepository, 'headsOf' | 'personHeads' | 'placesMoved'>;
  readonly rooms: Pick<ChatRooms, 'localChats' | 'localPersons' | 'hasSockets' | 'forget' | 'repair' | 'settlePlaces'>;
  readonly log: Log;
  readonly roundMs?: number;
}

/** What to tell one socket. */
interface Moved {
  person: number | null;
  readonly chats: { chatId: ChatId; revision: number }[];
}

export interface HeadBeacon {
  /** One look at the database; resolves when what moved has been told. */
  round(): Promise<void>;
  stop(): void;
}

/**
 * Finds what the bus lost (R5): every round reads the newest revisions of the chats and persons with sockets on this
 * node, straight from the database, tells of those that moved since the round before, and puts rooms right whose epoch
 * or membership is not what the database says.
 */
export function startHeadBeacon({ sockets, db, repository, rooms, log, roundMs = ROUND_MS }: Deps): HeadBeacon {
  const persons = rooms.localPersons;
  let isStopped = false;

  /** Nothing counts as told before it is: what fails on the way comes again in the next round. */
  async function movedChats(): Promise<Map<LocalChat, number>> {
    for (const chat of [...rooms.localChats.values()]) if (!rooms.hasSockets(chat)) rooms.forget(chat);
    const moved = new Map<LocalChat, number>();
    for (const chatIds of chunksOf([...rooms.localChats.keys()], HEADS_PER_QUERY)) {
      // oxlint-disable-next-line no-await-in-loop -- one statement at a time: the beacon must not crowd out acts
      const heads = new Map((await repository.headsOf(db, chatIds)).map((head) => [head.chatId, head]));
      for (const chatId of chatIds) {
        const chat = rooms.localChats.get(chatId);
        const head = heads.get(chatId);
        if (!chat) continue;
        if (!head) rooms.forget(chat);
        else if (head.epoch > chat.epoch) void rooms.repair(chatId);
        if (head && head.revision > chat.revision) moved.set(chat, head.revision);
      }
    }
    return moved;
  }

  async function movedPersons(): Promise<Map<UserId, number>> {
    const here = new Set<UserId>();
    for (const socket of sockets.allLocalSockets()) here.add(socket.caller.userId);
    for (const userId of persons.keys()) if (!here.has(userId)) persons.delete(userId);
    const moved = new Map<UserId, number>();
    for (const userIds of chunksOf([...here], HEADS_PER_QUERY)) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      for (const [userId, revision] of await repository.personHeads(db, userIds)) {
        if (revision > revisionOf(userId)) moved.set(userId, revision);
      }
    }
    return moved;
  }

  /** Someone without an entry came in the middle of a round: then everything of theirs is looked at. */
  function revisionOf(userId: UserId): number {
    return persons.get(userId) ?? -1;
  }

  /** Rooms follow the lists: whoever was added or removed unheard is let in or put out now. */
  async function settlePlaces(moved: ReadonlyMap<UserId, number>): Promise<void> {
    for (const userIds of chunksOf([...moved.keys()], PERSONS_PER_QUERY)) {
      const since = new Map(userIds.map((userId) => [userId, revisionOf(userId)]));
      // oxlint-disable-next-line no-await-in-loop -- as above
      rooms.settlePlaces(await repository.placesMoved(db, since));
    }
  }

  async function round(): Promise<void> {
    const chats = await movedChats();
    const people = await movedPersons();
    await settlePlaces(people);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    if (!isStopped) tell(chats, people);
  }

  /** One frame for each socket, with all that moved of what it is in. */
  function tell(chats: ReadonlyMap<LocalChat, number>, people: ReadonlyMap<UserId, number>): void {
    const told = new Map<DialogSocket, Moved>();
    const movedOf = (socket: DialogSocket): Moved => {
      const known = told.get(socket);
      if (known) return known;
      const made: Moved = { person: null, chats: [] };
      told.set(socket, made);
      return made;
    };
    for (const [chat, revision] of chats) {
      const { chatId } = chat;
      chat.revision = revision;
      for (const socket of sockets.localSockets(chat.room)) movedOf(socket).chats.push({ chatId, revision });
    }
    for (const [userId, revision] of people) {
      persons.set(userId, revision);
      for (const socket of sockets.localSockets(`user:${userId}`)) movedOf(socket).person = revision;
    }
    for (const [socket, moved] of told) socket.tell('headsMoved', moved);
  }

  const onError = (error: unknown): void =>
    log.warn({ err: error }, 'head beacon: this round failed; the next comes in its time');
  const rest = repeat(round, { everyMs: roundMs, onError });
  return {
    round,
    stop() {
      isStopped = true;
      rest();
    },
  };
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}
