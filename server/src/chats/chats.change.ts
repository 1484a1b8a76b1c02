import type { Chat, ChatChanges, Member, Role } from '@dialog/shared/chats';
import type { GroupPictureId } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Message, MessageMark, SystemNote } from '@dialog/shared/messages';
import type { MessageLifetime } from '@dialog/shared/messages.values';
import type { User } from '@dialog/shared/users';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Tx } from '../platform/database.ts';
import type { ChatRepository } from './chats.repository.ts';
import { sealDescription, sealTitle, toChat } from './chats.sealed.ts';
import type { StoredChat } from './chats.stored.ts';

export type { StoredChat } from './chats.stored.ts';

/** The revisions that an act found and left. */
export interface ChatHeads {
  readonly from: number;
  readonly revision: number;
}

/**
 * One durable act on one chat, under its row lock: hands out revisions and collects what was touched, so that all of it
 * is saved once and told as one frame (R1, R3). Lives for one run of one transaction.
 */
export interface ChatChange {
  readonly tx: Tx;
  readonly chatId: ChatId;
  /** Who acts; system notes are by them. */
  readonly actorId: UserId;
  /** Null when a server's own act is done in the name of someone who is no longer in. */
  readonly actorRole: Role | null;
  /** Nothing at or before this position stands to the one who acts. */
  readonly actorCleared: number;
  /** `BARS`: what stands between the one who acts and the other person of a direct chat. */
  readonly actorBars: number;
  /** Another one after `sealAnew`. */
  readonly key: SealingKey;
  /** The chat as it stands within this act. */
  chat(): StoredChat;
  nextRevision(): number;
  setTitle(title: string): void;
  setSettings(settings: Settings): void;
  setPicture(pictureId: GroupPictureId | null): void;
  /** The emoji of the group are others from this act on. */
  touchEmoji(): void;
  setCall(call: Chat['call']): void;
  setMessageLifetime(seconds: MessageLifetime | null): void;
  addMembers(users: readonly User[], roleOf: (userId: UserId) => Role): Promise<void>;
  changeRole(user: User, role: Role): Promise<void>;
  /** Who they are to others has changed; nothing of their own list follows from it. */
  refreshMember(user: User, role: Role): Promise<void>;
  /** Nothing at or before this position stands to anyone any more. */
  clearUpTo(position: number): void;
  /** What the chat's own row says is sealed with another key from now on, as is all that is said. */
  sealAnew(next: NextKey): void;
  /** Leaves a tombstone and raises the epoch (R2, R11). */
  endMembership(user: User): Promise<void>;
  /** Posts what the chat says of itself. */
  note(note: SystemNote): Promise<void>;
  /** A stored message has changed, at a revision of this act. */
  messageChanged(message: Message): void;
  /** How the chat stands in the list of the one who acts has changed: they take a revision of their own. */
  touchOwnPlace(): Promise<void>;
  /** What the one who acts has to do with messages stays as it is read from now on: other devices of theirs wait. */
  holdMarks(): Promise<void>;
  /** What the one who acts has to do with a message has changed; stored with their own revision. After `holdMarks`. */
  mark(mark: OwnMark): void;
}

export interface NextKey {
  readonly key: SealingKey;
  readonly keyNumber: number;
}

/** What a group is like, whole. */
export interface Settings {
  readonly description: string;
  readonly isAnnouncementOnly: boolean;
  readonly slowModeSeconds: number;
}

export interface EndedMembership {
  readonly chatId: ChatId;
  readonly userId: UserId;
  /** By their own act. */
  readonly isLeaving: boolean;
}

/** A mark before its revision is known. */
export type OwnMark = Omit<MessageMark, 'chatId' | 'revision'>;

/** What an act did, for the saving and the telling. */
export interface Outcome {
  readonly chat: StoredChat;
  readonly key: SealingKey;
  readonly heads: ChatHeads;
  readonly isChatTouched: boolean;
  readonly members: readonly Member[];
  readonly messages: readonly Message[];
  readonly joined: readonly UserId[];
  readonly ended: readonly UserId[];
  /** Everyone whose own place in the chat changed: they take a revision of their own. */
  readonly persons: readonly UserId[];
  /** Of the one who acted. */
  readonly marks: readonly OwnMark[];
}

export interface ChangeDeps {
  readonly repository: ChatRepository;
  readonly now: () => Date;
  /** Messages stores the note and answers it whole. */
  readonly postNote: (change: ChatChange, note: SystemNote) => Promise<Message>;
  /** What else follows from someone's leaving, in the same transaction (R8). */
  readonly membershipEnded: (tx: Tx, ended: EndedMembership) => Promise<void>;
}

interface Start {
  readonly tx: Tx;
  readonly chat: StoredChat;
  readonly key: SealingKey;
  readonly actorId: UserId;
  readonly actorRole: Role | null;
  readonly actorCleared: number;
  readonly actorBars: number;
}

export function createChange(deps: ChangeDeps, start: Start): { change: ChatChange; outcome: () => Outcome } {
  const { tx, actorId, actorRole, actorCleared, actorBars } = start;
  const { repository, now } = deps;
  const chatId = start.chat.id;
  let { chat, key } = start;
  let isChatTouched = false;
  const members = new Map<UserId, Member>();
  const refreshed: Member[] = [];
  const messages: Message[] = [];
  const joined = new Set<UserId>();
  const ended = new Set<UserId>();
  const marks: OwnMark[] = [];
  let isOwnPlaceTouched = false;

  function nextRevision(): number {
    chat = { ...chat, revision: chat.revision + 1 };
    return chat.revision;
  }

  function touchChat(touched: Partial<StoredChat>): void {
    const revision = nextRevision();
    chat = { ...chat, ...touched, ownRevision: revision };
    isChatTouched = true;
  }

  /** Persons' rows are locked after the chat's and before members': no two acts wait for each other in a circle. */
  function touchPersons(users: readonly Pick<User, 'id'>[]): Promise<void> {
    return repository.raisePersons(
      tx,
      users.map((user) => user.id),
    );
  }

  function touchMember(user: User, role: Role | null, revision: number): void {
    members.set(user.id, { chatId, user, role, revision });
  }

  const change: ChatChange = {
    tx,
    chatId,
    actorId,
    actorRole,
    actorCleared,
    actorBars,
    get key() {
      return key;
    },
    chat: () => chat,
    nextRevision,
    setTitle: (title) => touchChat({ title: sealTitle(key, chatId, title) }),
    setSettings: ({ description, ...rest }) =>
      touchChat({ ...rest, description: sealDescription(key, chatId, description) }),
    setPicture: (pictureId) => touchChat({ pictureId }),
    touchEmoji: () => touchChat({ emojiRevision: chat.revision + 1 }),
    setCall: (call) => touchChat({ call }),
    clearUpTo: (clearedPosition) => touchChat({ clearedPosition }),
    sealAnew(next) {
      const { title, description = '' } = toChat(chat, key);
      chat = {
        ...chat,
        keyNumber: next.keyNumber,
        title: title === null ? null : sealTitle(next.key, chatId, title),
        description: sealDescription(next.key, chatId, description),
      };
      key = next.key;
    },
    setMessageLifetime: (seconds) => touchChat({ messageLifetimeSeconds: seconds }),

    async addMembers(users, roleOf) {
      const readPosition = chat.lastPosition;
      await touchPersons(users);
      // Once more, now that they are held: a change of name that came between them and this would be told to nobody here.
      const present = await repository.usersNow(tx, users);
      const added = present.map(({ id, profileRevision = 0 }) => ({
        ...{ userId: id, profileRevision, readPosition },
        role: roleOf(id),
        revision: nextRevision(),
      }));
      await repository.putMembers(tx, chatId, { members: added, at: now() });
      for (const [index, user] of present.entries()) {
        const { role, revision } = added[index] ?? unreachable();
        touchMember(user, role, revision);
        joined.add(user.id);
      }
      touchChat({ memberCount: chat.memberCount + users.length });
    },

    async changeRole(user, role) {
      await touchPersons([user]);
      const revision = nextRevision();
      await repository.setRole(tx, chatId, { userId: user.id, role, revision });
      touchMember(user, role, revision);
    },

    async refreshMember(user, role) {
      const revision = nextRevision();
      const profileRevision = user.profileRevision ?? 0;
      await repository.setToldProfile(tx, chatId, { userId: user.id, revision, profileRevision });
      refreshed.push({ chatId, user, role, revision });
    },

    async endMembership(user) {
      await touchPersons([user]);
      const revision = nextRevision();
      await repository.setRole(tx, chatId, { userId: user.id, role: null, revision });
      await deps.membershipEnded(tx, { chatId, userId: user.id, isLeaving: user.id === actorId });
      touchMember(user, null, revision);
      ended.add(user.id);
      touchChat({ memberCount: chat.memberCount - 1, epoch: chat.epoch + 1 });
    },

    async note(note) {
      const message = await deps.postNote(change, note);
      chat = { ...chat, lastPosition: message.position };
      messages.push(message);
    },

    messageChanged: (message) => void messages.push(message),

    async touchOwnPlace() {
      await touchPersons([{ id: actorId }]);
      isOwnPlaceTouched = true;
    },

    holdMarks: () => touchPersons([{ id: actorId }]),

    mark: (mark) => void marks.push(mark),
  };

  return {
    change,
    outcome: () => ({
      chat,
      key,
      heads: { from: start.chat.revision, revision: chat.revision },
      isChatTouched,
      members: [...members.values(), ...refreshed],
      messages,
      joined: [...joined],
      ended: [...ended],
      persons: [...new Set([...members.keys(), ...(marks.length > 0 || isOwnPlaceTouched ? [actorId] : [])])],
      marks,
    }),
  };
}

export function toChanges({ chat, key, heads, isChatTouched, members, messages }: Outcome): ChatChanges {
  return {
    chatId: chat.id,
    ...heads,
    chat: isChatTouched ? toChat(chat, key) : null,
    members: [...members],
    messages: [...messages],
  };
}

function unreachable(): never {
  throw new Error('unreachable');
}
