import * as z from 'zod/mini';
import { type Confirming, createConfirming } from '../auth/confirming.ts';
import { type Attachments, createAttachments } from '../attachments/attachments.ts';
import { type Calls, createCalls } from '../calls/calls.ts';
import type { ChatSync } from '../chats/chats.sync.ts';
import { type Chats, createChats } from '../chats/chats.ts';
import { createCustomEmojis, type CustomEmojis } from '../customEmoji/customEmoji.ts';
import { createGifs, type Gifs } from '../gifs/gifs.ts';
import { createInvites, type Invites } from '../invites/invites.ts';
import { createMessages, type Messages } from '../messages/messages.ts';
import { type Call, createCall } from '../platform/api.ts';
import { systemClock as clock } from '../platform/clock.ts';
import { thisDevice } from '../platform/deviceId.ts';
import { openWire } from '../platform/openWire.ts';
import { lookForUpdate } from '../platform/serviceWorker.ts';
import { createSocket, type Socket } from '../platform/socket.ts';
import { openStorage, type Storage } from '../platform/storage.ts';
import { createLate, type Late } from '../platform/late.ts';
import { reportActivity, thisPage } from '../presence/activity.ts';
import { createPresences } from '../presence/presence.ts';
import type { People } from '../people/people.ts';
import type { Push } from '../push/push.ts';
import { createProfileActions, type ProfileActions } from '../users/profile.actions.ts';
import { followAppearance } from '../settings/appearance.ts';
import { createSettingsActions, type SettingsActions } from '../settings/settings.ts';
import type { Account, Me } from './account.ts';
import { closeAllAsked } from './asked.ts';
import { bringLateWords } from './words.late.ts';

/** The objects of one signed-in person, made at sign-in and ended at sign-out. */
export interface Session {
  readonly me: Me;
  readonly call: Call;
  /** Where the person is asked to show that it is them. */
  readonly confirming: Confirming;
  readonly socket: Socket;
  readonly chats: Chats;
  readonly settings: SettingsActions;
  readonly profile: ProfileActions;
  readonly storage: Storage;
  readonly customEmoji: CustomEmojis;
  readonly invites: Invites;
  readonly attachments: Attachments;
  readonly gifs: Gifs;
  readonly messages: Messages;
  readonly calls: Calls;
  /** Friends and blocks, with the words for them. */
  readonly people: Late<People>;
  /** Brought once the first screen stands. */
  readonly push: Late<Push>;
  /** Resolves when what was typed is safely kept: the page may go. */
  keepDrafts(): Promise<void>;
  end(): void;
}

export async function openSession(me: Me, account: Account): Promise<Session> {
  const storage = await openStorage(me.user.id);
  const socket = createSocket({ wire: openWire(), clock, random: Math.random });
  const confirming = createConfirming();
  const call = createCall({ socket, onSignedOut: account.ended, confirm: confirming.ask });
  const shared = { me: me.user.id, call, socket, storage, clock };

  const presences = createPresences({ socket, clock });
  const chats = createChats({ ...shared, presences });
  const customEmoji = createCustomEmojis({ ...shared, chats: chats.sync });
  const invites = createInvites({ call, socket, chats: chats.sync });
  const attachments = createAttachments(shared);
  const gifs = createGifs({ call, onConnected: socket.onConnected });
  const messages = createMessages({ ...shared, chats, attachments });
  const calls = createCalls({ call, socket, chats: chats.sync, me: me.user.id, deviceId: thisDevice() });
  const people = createPeopleLater(call, chats.sync);
  const push = createLate(async () =>
    (await import('../push/push.ts')).createPush({ ...shared, deviceId: thisDevice() }),
  );
  // In the order of ending: first those who hear, then what they hear.
  const ends = [
    closeAllAsked,
    () => push.now()?.stop(),
    endWithSocket(socket, account),
    checkWhenBack(socket),
    socket.onConnected(lookForUpdate),
    calls.stop,
    messages.stop,
    gifs.stop,
    attachments.stop,
    customEmoji.stop,
    followAppearance(chats.sync),
    keepMe(chats.sync, account),
    chats.stop,
    () => confirming.answer(false),
    presences.stop,
    reportActivity({ socket, clock, page: thisPage }),
    socket.close,
    storage.close,
  ];
  socket.connect();

  return {
    me,
    call,
    confirming,
    socket,
    storage,
    chats,
    settings: createSettingsActions(call, chats.sync),
    profile: createProfileActions(call, chats.sync.learnPerson),
    customEmoji,
    invites,
    attachments,
    gifs,
    messages,
    calls,
    people,
    push,
    async keepDrafts() {
      messages.drafts.flush();
      // Reading waits for the writing before it.
      await storage.list('drafts', z.unknown());
    },
    end() {
      for (const end of ends) end();
    },
  };
}

function createPeopleLater(call: Call, chats: Chats['sync']): Late<People> {
  return createLate(async () => {
    const [{ createPeople }] = await Promise.all([import('../people/people.ts'), bringLateWords()]);
    return createPeople({ call, chats });
  });
}

function endWithSocket(socket: Socket, account: Account): () => void {
  return socket.status.subscribe(({ status }) => {
    if (status === 'signed-out') account.ended();
  });
}

/** Who one is called now, for the next start of this browser. */
function keepMe(sync: ChatSync, account: Account): () => void {
  return sync.store.subscribe(({ list }, before) => {
    if (list.profile && list.profile !== before.list.profile) account.renamed(list.profile.user);
  });
}

/** After sleep, or when the network comes and goes, nobody should wait for the next beat. */
function checkWhenBack(socket: Socket): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const check = (): void => {
    if (document.visibilityState === 'visible') socket.checkNow();
  };
  addEventListener('online', check, { signal });
  addEventListener('offline', check, { signal });
  addEventListener('pageshow', check, { signal });
  document.addEventListener('visibilitychange', check, { signal });
  return () => ending.abort();
}
