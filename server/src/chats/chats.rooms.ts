import type { ChatChanges } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log/log.ts';
import type { DialogSocket, EventName, EventPayload } from '../platform/sockets/dialogSocket.ts';
import type { Sockets } from '../platform/sockets/sockets.ts';
import type { ToldChange } from './chats.acts.ts';
import type { HeadsRepository, Place } from './chats.heads.repository.ts';
import type { PlacesOf } from './chats.places.ts';

/** A chat with sockets on this node. */
export interface LocalChat {
  readonly chatId: ChatId;
  epoch: number;
  /** `chat:{id}:{epoch}`; one string for all its sockets. */
  room: string;
  watchRoom: string;
  /** The newest revision the beacon has spoken of, or that was there when the first socket came. */
  revision: number;
}

interface Deps {
  readonly sockets: Sockets;
  readonly db: Database;
  readonly placesOf: PlacesOf;
  readonly repository: Pick<HeadsRepository, 'placesIn'>;
  readonly log: Log;
}

interface ToldFrame {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly changes: ChatChanges;
}

interface Membership {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly revision: number;
  readonly joined: readonly UserId[];
  readonly ended: readonly UserId[];
}

/** By then a socket is connected, or never will be. */
const ARRIVING_MS = 10_000;

const FRAME_TOPIC = 'chats.frame';
const MEMBERSHIP_TOPIC = 'chats.membership';

export type ChatRooms = ReturnType<typeof createChatRooms>;

/**
 * Which sockets hear of which chat. A room's name holds the chat's epoch, which each removal raises, and facts are told
 * to the room of the epoch that was read with them, under the chat's lock: a socket that missed its "leave" sits in a
 * room to which nothing is told any more (R11). A node that meets a newer epoch than its own asks the database who may
 * stay before it tells anything.
 */
export function createChatRooms({ sockets, db, placesOf, repository, log }: Deps) {
  const chats = new Map<ChatId, LocalChat>();
  const localPersons = new Map<UserId, number>();
  /** What each socket has on screen, kept also while its chat is not joined yet. */
  const watched = new Map<string, ChatId>();
  /** Sockets that join rooms but are not connected yet: the platform does not list them among its own. */
  const arriving = new Set<DialogSocket>();
  const repairs = new Map<ChatId, Promise<void>>();
  const onEnded: ((userIds: readonly UserId[]) => void)[] = [];

  function chatAt(place: { chatId: ChatId; epoch: number; revision: number }): LocalChat {
    const known = chats.get(place.chatId);
    if (known) return known;
    const { chatId, epoch, revision } = place;
    const made = { chatId, epoch, revision, room: roomOf(chatId, epoch), watchRoom: watchRoomOf(chatId, epoch) };
    chats.set(chatId, made);
    return made;
  }

  function enter(socket: DialogSocket, chat: LocalChat): void {
    socket.join(chat.room);
    if (watched.get(socket.id) === chat.chatId) socket.join(chat.watchRoom);
  }

  /** Everyone in the old rooms goes to those of the new epoch, but for those who may not. */
  function moveTo(chat: LocalChat, epoch: number, mayStay: (socket: DialogSocket) => boolean): void {
    const before = socketsIn(chat);
    const { room, watchRoom } = chat;
    chat.epoch = epoch;
    chat.room = roomOf(chat.chatId, epoch);
    chat.watchRoom = watchRoomOf(chat.chatId, epoch);
    for (const socket of before) {
      const stays = mayStay(socket);
      if (stays) enter(socket, chat);
      if (stays && room === chat.room) continue;
      socket.leave(room);
      socket.leave(watchRoom);
    }
  }

  function socketsIn(chat: LocalChat): DialogSocket[] {
    return [...sockets.localSockets(chat.room), ...[...arriving].filter((socket) => socket.rooms.has(chat.room))];
  }

  function socketsOf(userIds: readonly UserId[]): DialogSocket[] {
    const connected = userIds.flatMap((userId) => [...sockets.localSockets(`user:${userId}`)]);
    const wanted = new Set(userIds);
    return [...connected, ...[...arriving].filter((socket) => wanted.has(socket.caller.userId))];
  }

  /** Asks the database who of the sockets in question is in the chat at which epoch, and puts that into effect. */
  function repair(chatId: ChatId, alsoFor: readonly UserId[] = []): Promise<void> {
    const running = repairs.get(chatId);
    if (running && alsoFor.length === 0) return running;
    const next = (running ?? Promise.resolve())
      .then(() => repairNow(chatId, alsoFor))
      .catch((error: unknown) => log.warn({ err: error, chatId }, 'rooms: not repaired; the beacon tries again'))
      .finally(() => {
        if (repairs.get(chatId) === next) repairs.delete(chatId);
      });
    repairs.set(chatId, next);
    return next;
  }

  async function repairNow(chatId: ChatId, alsoFor: readonly UserId[]): Promise<void> {
    const before = chats.get(chatId);
    const inRoom = before ? socketsIn(before) : [];
    const userIds = [...new Set([...inRoom.map((socket) => socket.caller.userId), ...alsoFor])];
    if (userIds.length === 0) return;
    settle(chatId, await repository.placesIn(db, chatId, userIds), userIds);
  }

  function settle(chatId: ChatId, places: readonly Place[], asked: readonly UserId[]): void {
    const isIn = new Set(places.filter((place) => place.isIn).map((place) => place.userId));
    const [place] = places;
    const chat = place ? chatAt(place) : chats.get(chatId);
    if (!chat || (place && chat.epoch > place.epoch)) return;
    moveTo(chat, place?.epoch ?? chat.epoch + 1, (socket) => isIn.has(socket.caller.userId));
    for (const socket of socketsOf(asked)) if (isIn.has(socket.caller.userId)) enter(socket, chat);
  }

  function hearMembership({ chatId, epoch, revision, joined, ended }: Membership): void {
    const known = chats.get(chatId);
    if (known && epoch > known.epoch) {
      const isOut = new Set(ended);
      // A jump of more than one means that another removal went unheard: then only the database knows.
      if (epoch > known.epoch + ended.length) return void repair(chatId, joined);
      moveTo(known, epoch, (socket) => !isOut.has(socket.caller.userId));
    }
    const added = socketsOf(joined);
    if (added.length > 0) {
      const chat = chatAt({ chatId, epoch, revision });
      if (chat.epoch === epoch) for (const socket of added) enter(socket, chat);
      else void repair(chatId, joined);
    }
    if (ended.length > 0) for (const hear of onEnded) hear(ended);
  }

  function hearFrame(frame: ToldFrame): void {
    const chat = chats.get(frame.chatId);
    if (!chat) return;
    const repairing = repairs.get(frame.chatId);
    if (!repairing && frame.epoch <= chat.epoch) return sockets.tellLocal(chat.room, 'chatChanged', frame.changes);
    void (repairing ?? repair(frame.chatId)).then(() => {
      // Still behind when the repair failed: better late by the beacon than told to someone who is out.
      if (frame.epoch <= chat.epoch) sockets.tellLocal(chat.room, 'chatChanged', frame.changes);
    });
  }

  // oxlint-disable typescript/no-unsafe-type-assertion -- published by this very code, here or on another node
  sockets.bus.on(
    FRAME_TOPIC,
    (payload) => hearFrame(payload as ToldFrame),
    (chatId) => chats.has(chatId as ChatId),
  );
  sockets.bus.on(MEMBERSHIP_TOPIC, (payload) => hearMembership(payload as Membership));
  // oxlint-enable typescript/no-unsafe-type-assertion
  sockets.onConnect(async (socket) => {
    const { userId } = socket.caller;
    arriving.add(socket);
    setTimeout(() => arriving.delete(socket), ARRIVING_MS).unref();
    const { revision, places } = await placesOf(userId);
    localPersons.set(userId, localPersons.get(userId) ?? revision);
    for (const place of places) {
      if (!place.hears) continue;
      const chat = chatAt(place);
      if (chat.epoch === place.epoch) enter(socket, chat);
      else void repair(place.chatId, [userId]);
    }
  });
  sockets.onDisconnect((socket) => void watched.delete(socket.id));

  /** What is published is heard here too, before `publish` returns. */
  function tellChanges(frame: ToldFrame): void {
    sockets.bus.publish(FRAME_TOPIC, frame, frame.chatId);
  }

  return {
    /** Every chat with sockets here, for the beacon. */
    localChats: chats as ReadonlyMap<ChatId, LocalChat>,
    /** The newest revision of each person here that the beacon has spoken of, or that was there when they came. */
    localPersons,
    repair,
    hasSockets: (chat: LocalChat) => socketsIn(chat).length > 0,

    /**
     * One frame to all sockets in the chat, on all nodes. Not parsed against the contract on its way: its author made
     * it field by field, and messages.writer.test.ts holds those frames against the schema.
     */
    tellChanges,

    /** A whole act: first who may hear, then what there is to hear. */
    tellAct({ chatId, epoch, joined, ended, changes, persons }: ToldChange): void {
      if (joined.length > 0 || ended.length > 0) {
        const membership: Membership = { chatId, epoch, revision: changes.revision, joined, ended };
        sockets.bus.publish(MEMBERSHIP_TOPIC, membership);
      }
      for (const [userId, change] of persons) sockets.tell(`user:${userId}`, 'personChanged', change);
      // Nothing of the chat itself changed: an empty frame would tell that something did.
      if (changes.revision > changes.from) tellChanges({ chatId, epoch, changes });
    },

    /** To those who have the chat on screen, on all nodes. */
    tellWatchers<N extends EventName>(at: { chatId: ChatId; epoch: number }, event: N, payload: EventPayload<N>): void {
      sockets.tell(watchRoomOf(at.chatId, at.epoch), event, payload);
    },

    /** The sockets here that have the chat on screen, if this is the epoch they are in. */
    watchersOf: (at: { chatId: ChatId; epoch: number }) => sockets.localSockets(watchRoomOf(at.chatId, at.epoch)),

    /** The epoch in which this socket is in the chat, as far as this node knows. */
    epochOf(socket: DialogSocket, chatId: ChatId): number | null {
      const chat = chats.get(chatId);
      return chat && socket.rooms.has(chat.room) ? chat.epoch : null;
    },

    /** The chat on screen, instead of the one before. Takes effect only while the socket is in that chat. */
    watch(socket: DialogSocket, chatId: ChatId | null): void {
      const watchedBefore = watched.get(socket.id);
      const before = watchedBefore && chats.get(watchedBefore);
      if (before) socket.leave(before.watchRoom);
      if (!chatId) return void watched.delete(socket.id);
      watched.set(socket.id, chatId);
      const chat = chats.get(chatId);
      if (chat && socket.rooms.has(chat.room)) socket.join(chat.watchRoom);
    },

    /** Puts right what the beacon found moved in people's chat lists. */
    settlePlaces(places: readonly Place[]): void {
      for (const place of places) {
        const chat = chats.get(place.chatId);
        const isLevel = socketsOf([place.userId]).every(
          (socket) => Boolean(chat && chat.epoch === place.epoch && socket.rooms.has(chat.room)) === place.isIn,
        );
        if (!isLevel) void repair(place.chatId, [place.userId]);
      }
    },

    /** A chat without sockets here is forgotten; a deleted one emptied first. */
    forget(chat: LocalChat): void {
      for (const socket of sockets.localSockets(chat.room)) {
        socket.leave(chat.room);
        socket.leave(chat.watchRoom);
      }
      chats.delete(chat.chatId);
    },

    /** Someone's membership ended somewhere: what else they were told of must be asked anew. */
    onMembershipEnded: (hear: (userIds: readonly UserId[]) => void) => void onEnded.push(hear),
  };
}

function roomOf(chatId: ChatId, epoch: number): string {
  return `chat:${chatId}:${epoch}`;
}

function watchRoomOf(chatId: ChatId, epoch: number): string {
  return `watch:${chatId}:${epoch}`;
}
