import type { ChatChanges, ChatSummary, Member, PersonChanges } from '@dialog/shared/chats';
import type { ChatPlace } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { type MessageMark, messageRoutes } from '@dialog/shared/messages';
import type { Settings } from '@dialog/shared/settings';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';
import { unlessOffline } from './unlessOffline.ts';
import type { Clock } from '../platform/clock.ts';
import type { Socket } from '../platform/socket.ts';
import { clearedBetween } from './chats.clearing.ts';
import { withPlace } from './chats.arranging.store.ts';
import {
  addSummary,
  applyChatChanges,
  applyPersonChanges,
  applyRead,
  type ChatList,
  EMPTY_LIST,
  inOrder,
} from './chats.store.ts';
import { createFollower, type Follower } from './follower.ts';
import { applyMembers, type ChatMembers, openMembers } from './members.store.ts';
import { createPeople, type People } from './people.store.ts';

export interface ChatsState {
  readonly list: ChatList;
  /** The list was read from this browser or from the server: it may be shown, also when it is empty. */
  readonly isKnown: boolean;
  /** Of the chats opened on this device. */
  readonly members: ReadonlyMap<ChatId, ChatMembers>;
}

interface MembersPage {
  readonly members: readonly Member[];
  readonly isFirst: boolean;
  readonly hasMore: boolean;
}

export interface ChatSync {
  readonly me: UserId;
  readonly store: StoreApi<ChatsState>;
  readonly people: People;
  /** The list as this browser kept it, before there is a network. */
  restore(list: ChatList): void;
  /** Brings the list level with the server. Never rejects. */
  level(): Promise<void>;
  /** Facts that came as an answer instead of an event: a catch-up, an act. */
  learn(changes: ChatChanges): void;
  /** A chat that an act made or answered. */
  learnSummary(summary: ChatSummary): void;
  /** What an act of the person on their own list made. */
  learnPerson(changes: PersonChanges): void;
  /** Shows a place as it will be. Answers how to undo that, unless the server has told another meanwhile. */
  guessPlace(chatId: ChatId, change: Partial<ChatPlace>): () => void;
  /** Shows what the person has chosen as it will be. Answers what to do once the server has answered, whatever it said. */
  guessSettings(guess: Guess): () => void;
  learnMembers(chatId: ChatId, page: MembersPage): void;
  learnRead(chatId: ChatId, read: { readPosition: number; unreadCount: number }): void;
  forget(chatId: ChatId): void;
  /** A chat this person is no longer in: nothing of it may stay on this device. */
  onGone(hear: (chatId: ChatId) => void): () => void;
  /** A chat was cleared up to a position: nothing of what was before it may stay on this device. */
  onCleared(hear: (chatId: ChatId, position: number) => void): () => void;
  /** What changed of this person's own about messages. */
  onMarks(hear: (marks: readonly MessageMark[]) => void): () => void;
  stop(): void;
}

interface ChatSyncDeps {
  readonly me: UserId;
  readonly call: Call;
  readonly socket: Pick<Socket, 'on' | 'onConnected'>;
  readonly clock: Clock;
}

/** How many chats one question may name; the rest of a longer list is at worst told again. */
const KNOWN_MAX = 1_000;
/** Bounds the questions of one levelling, should the answers never end (R12). */
const PAGES_MAX = 100;

/** What a person's settings will be by a change that the server has not answered yet. */
type Guess = (settings: Settings) => Settings;

/**
 * Keeps the person's chat list equal to the server's. Chats that were never opened are kept level by their summaries
 * alone: nothing is fetched for them.
 */
export function createChatSync({ me, call, socket, clock }: ChatSyncDeps): ChatSync {
  const store = createStore<ChatsState>(() => ({ list: EMPTY_LIST, isKnown: false, members: new Map() }));
  const people = createPeople({ call, clock });
  const followers = new Map<ChatId, Follower<ChatChanges>>();
  const goneEars = new Set<(chatId: ChatId) => void>();
  const clearedEars = new Set<(chatId: ChatId, position: number) => void>();
  const markEars = new Set<(marks: readonly MessageMark[]) => void>();
  let guesses: readonly Guess[] = [];
  /** What the server said last of the settings, while there are guesses over it. */
  let ground = EMPTY_LIST.settings;
  const person = createFollower<PersonChanges>(
    {
      revision: () => (store.getState().isKnown ? store.getState().list.revision : null),
      apply: takePersonChanges,
      catchUp: ask,
    },
    clock,
  );

  const stops = [
    socket.on('personChanged', (changes) => person.hear(changes)),
    socket.on('chatChanged', learn),
    socket.on('headsMoved', (heads) => {
      if (heads.person !== null) person.headMoved(heads.person);
      for (const { chatId, revision } of heads.chats) followerOf(chatId).headMoved(revision);
    }),
    socket.onConnected(() => void level()),
  ];

  return {
    me,
    store,
    people,
    restore,
    level,
    learn,
    learnSummary,
    learnPerson: (changes) => person.hear(changes),
    guessPlace,
    guessSettings,
    learnMembers,
    learnRead: (chatId, read) => setList(applyRead(store.getState().list, chatId, read)),
    forget,
    onGone(hear) {
      goneEars.add(hear);
      return () => goneEars.delete(hear);
    },
    onCleared(hear) {
      clearedEars.add(hear);
      return () => clearedEars.delete(hear);
    },
    onMarks(hear) {
      markEars.add(hear);
      return () => markEars.delete(hear);
    },
    stop,
  };

  function restore(list: ChatList): void {
    if (store.getState().isKnown) return; // The server was quicker.
    store.setState({ list, isKnown: true });
    learnPeers([...list.chats.values()].map(({ summary }) => summary));
  }

  function level(): Promise<void> {
    return person.level();
  }

  function learn(changes: ChatChanges): void {
    people.learn(changes.members.map((member) => member.user));
    followerOf(changes.chatId).hear(changes);
    const known = store.getState().members.get(changes.chatId);
    // Members carry their own revision, so taking them in early or twice does no harm.
    if (known && changes.members.length > 0) setMembers(changes.chatId, applyMembers(known, changes.members));
  }

  function learnSummary(summary: ChatSummary): void {
    learnPeers([summary]);
    setList(addSummary(store.getState().list, summary));
    followerOf(summary.chat.id).settle();
  }

  function guessPlace(chatId: ChatId, change: Partial<ChatPlace>): () => void {
    const before = placeOf(chatId);
    setList(withPlace(store.getState().list, chatId, change));
    return () => {
      if (before && placeOf(chatId)?.revision === before.revision)
        setList(withPlace(store.getState().list, chatId, before));
    };
  }

  function guessSettings(guess: Guess): () => void {
    const { list } = store.getState();
    if (guesses.length === 0) ground = list.settings;
    showGuessed(list, [...guesses, guess]);
    return () => {
      const others = guesses.filter((one) => one !== guess);
      if (others.length < guesses.length) showGuessed(store.getState().list, others);
    };
  }

  function showGuessed(list: ChatList, over: readonly Guess[]): void {
    guesses = over;
    setList({ ...list, settings: guesses.reduce((settings, guess) => guess(settings), ground) });
  }

  function placeOf(chatId: ChatId): ChatPlace | undefined {
    return store.getState().list.chats.get(chatId)?.summary.place;
  }

  function learnMembers(chatId: ChatId, { members, isFirst, hasMore }: MembersPage): void {
    people.learn(members.map((member) => member.user));
    const known = store.getState().members.get(chatId);
    if (isFirst || !known) setMembers(chatId, openMembers(members, hasMore));
    else setMembers(chatId, applyMembers(known, members, hasMore));
  }

  function forget(chatId: ChatId): void {
    const { list, members } = store.getState();
    const chats = new Map(list.chats);
    chats.delete(chatId);
    const left = new Map(members);
    left.delete(chatId);
    store.setState({ list: { ...list, chats }, members: left });
    followers.get(chatId)?.stop();
    followers.delete(chatId);
    for (const hear of goneEars) hear(chatId);
  }

  function stop(): void {
    stops.forEach((end) => end());
    person.stop();
    followers.forEach((follower) => follower.stop());
  }

  function followerOf(chatId: ChatId): Follower<ChatChanges> {
    const follower =
      followers.get(chatId) ??
      createFollower<ChatChanges>(
        {
          revision: () => store.getState().list.chats.get(chatId)?.summary.revision ?? null,
          apply: (changes) => setList(applyChatChanges(store.getState().list, changes, me)),
          catchUp: level,
        },
        clock,
      );
    followers.set(chatId, follower);
    return follower;
  }

  async function ask(): Promise<void> {
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const { list } = store.getState();
      const known = inOrder(list)
        .slice(0, KNOWN_MAX)
        .map(({ summary }) => ({ chatId: summary.chat.id, revision: summary.revision }));
      // oxlint-disable-next-line no-await-in-loop -- each question names what the last answer brought
      const answer = await call(messageRoutes.syncChats, { body: { since: list.revision, known } }).catch(
        unlessOffline,
      );
      if (answer) takePersonChanges(answer.changes);
      if (!answer?.hasMore) return;
    }
  }

  function takePersonChanges(changes: PersonChanges): void {
    learnPeers(changes.chats);
    if (changes.profile) people.learn([changes.profile.user]);
    const list = applyPersonChanges(store.getState().list, changes);
    // The answer to one change does not take back those that wait for theirs.
    ground = changes.settings ?? ground;
    if (changes.settings && guesses.length > 0) showGuessed(list, guesses);
    else setList(list);
    // What was told of these chats before they were known here fits now.
    for (const { chat } of changes.chats) followers.get(chat.id)?.settle();
    for (const chatId of changes.gone) forget(chatId);
    if (changes.marks.length > 0) for (const hear of markEars) hear(changes.marks);
  }

  function learnPeers(summaries: readonly ChatSummary[]): void {
    people.learn(summaries.flatMap(({ peer }) => peer ?? []));
  }

  function setList(list: ChatList): void {
    const { list: before, isKnown } = store.getState();
    if (list === before && isKnown) return;
    store.setState({ list, isKnown: true });
    for (const [chatId, position] of clearedBetween(before, list))
      for (const hear of clearedEars) hear(chatId, position);
  }

  function setMembers(chatId: ChatId, known: ChatMembers): void {
    store.setState({ members: new Map(store.getState().members).set(chatId, known) });
  }
}
