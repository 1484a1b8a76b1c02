import { createPush, type Push } from './app.push.ts';
import { createConversation, type Conversation } from './app.conversation.ts';
import { serveAbout } from './about/about.routes.ts';
import { createAuthFeature, type AuthFeature } from './auth/auth.feature.ts';
import { createCallFeature, type CallFeature } from './calls/calls.feature.ts';
import type { Config } from './config.ts';
import { createGifFeature, type GifFeature } from './gifs/gifs.feature.ts';
import { createMediaServer } from './platform/livekit/livekit.ts';
import { createMediaPool } from './platform/livekit/mediaPool.ts';
import { createPlatform, type Platform } from './platform/platform.ts';
import { createSearchFeature, type SearchFeature } from './search/search.feature.ts';
import { createUserNames } from './users/users.names.ts';
import { userNamesRepository } from './users/users.names.repository.ts';
import { usersRepository } from './users/users.repository.ts';
import { serveUsers } from './users/users.routes.ts';
import { createUserService } from './users/users.service.ts';

const VERSION = '0.1.0';
/** Clients are asked to move over this time, so that the other nodes are not stormed (fault 15). */
const DRAIN_MS = 10_000;

export interface App extends Pick<
  Platform,
  'http' | 'router' | 'sockets' | 'ports' | 'log' | 'db' | 'redis' | 'mailer'
> {
  start(): Promise<void>;
  stop(options?: { readonly drainMs?: number }): Promise<void>;
}

/** The composition root: the one place that sees every feature. */
export async function createApp(config: Config): Promise<App> {
  const platform = await createPlatform({
    config,
    version: VERSION,
    now: () => new Date(),
    authenticate: (token, address) => features.auth.sessions.authenticate(token, address),
    isKnownAddress: (account, address) => features.auth.sessions.isKnownAddress(account, address),
    isConfirmed: (sessionId) => features.auth.sessions.isConfirmed(sessionId),
  });
  const features = createFeatures(platform);
  const stops: Array<() => Promise<void> | void> = [];

  return {
    ...platform,
    async start() {
      await platform.start();
      stops.push(
        features.conversation.start(),
        features.search.start(),
        features.auth.start(),
        await features.calls.start(),
        features.gifs.stop,
        await features.push.start(),
      );
    },
    async stop({ drainMs = DRAIN_MS } = {}) {
      await platform.drain(drainMs);
      for (const stop of stops.toReversed()) {
        // oxlint-disable-next-line no-await-in-loop -- what was started last stands on what was started first
        await stop();
      }
      await platform.stop();
    },
  };
}

interface Features {
  readonly auth: AuthFeature;
  readonly conversation: Conversation;
  readonly gifs: GifFeature;
  readonly search: SearchFeature;
  readonly calls: CallFeature;
  readonly push: Push;
}

/** Makes the features in their order and puts their routes on the router. */
function createFeatures(platform: Platform): Features {
  const { db, router } = platform;

  const names = createUserNames({ repository: userNamesRepository, now: platform.now });
  const auth = createAuthFeature(platform, {
    requireFreeName: names.requireFree,
    formerOwner: names.lastOwner,
    languageOf: async (userId) => (await conversation.settings.of(db, [userId]))(userId).appearance.language,
    async sessionsEnding(tx, ended) {
      await calls.service.sessionsEnded(tx, ended);
      await push.sessionsEnded(tx, ended);
    },
    signedIn: (userId, signIn) => push.signedIn(userId, signIn),
    proofsChanged: (userId, change) => push.proofsChanged(userId, change),
  });
  const users = createUserService({
    db,
    repository: usersRepository,
    formerOwner: (userName) => names.lastOwner(db, userName),
    isHiddenFrom: async (reader, id) => (await conversation.hiddenFrom(reader, [id])).has(id),
    sharesChatWith: (reader, ids) => conversation.chats.acquaintancesAmong(reader, ids),
  });
  const conversation = createConversation(platform, {
    ...{ users, names },
    inviteByMail: auth.inviteByMail,
    userNameChanging: auth.userNameChanging,
    seenOtherwise: (userId) => calls.service.seenOtherwise(userId),
    async membershipEnded(tx, ended) {
      await calls.service.membershipEnded(tx, ended);
      await push.membershipEnded(tx, ended);
    },
    async chatRemoved(tx, chatId) {
      await calls.service.chatRemoved(tx, chatId);
      await push.chatRemoved(tx, chatId);
    },
    callsCleared: (tx, what) => calls.service.historyCleared(tx, what),
    async peopleFollow(tx, fact) {
      if (fact.what === 'blocked') await calls.service.blocked(tx, fact);
      await push.peopleFollow(tx, fact);
    },
    push: {
      postedAtCommit: (tx, posted) => push.postedAtCommit(tx, posted),
      read: (tx, read) => push.read(tx, read),
      reacted: (tx, reaction) => push.reacted(tx, reaction),
      takenBack: (tx, what) => push.takenBack(tx, what),
      look: (socket, chatId) => push.look(socket, chatId),
    },
    chatChanged(chatId) {
      search.chatChanged(chatId);
      push.told();
    },
    textsRemoved: (chatId, until) =>
      until === undefined ? search.textsRemoved(chatId) : search.textsCleared(chatId, until),
  });
  const search = createSearchFeature({
    ...platform,
    keys: conversation.keys,
    chats: conversation.chats,
    messages: conversation.reading,
    summariesOf: conversation.summaries.ofPerson,
  });
  const gifs = createGifFeature(platform, conversation);
  const calls = createCallFeature({
    ...{ ...platform, pool: createMediaPool(platform.config.livekit.map(createMediaServer)) },
    chats: conversation.chats,
    requireMayCall: conversation.requireMayCall,
    standingOf: conversation.people.standingOf,
    presence: conversation.presence,
    settings: conversation.settings,
    follow: {
      rang: (tx, call, rung) => push.calls.rang(tx, call, rung),
      settled: (tx, call, whose) => push.calls.settled(tx, call, whose),
      missed: (tx, call, whose) => push.calls.missed(tx, call, whose),
      ended: (tx, call) => push.calls.ended(tx, call),
      told: () => push.told(),
    },
    pushedAmong: (userIds) => push.pushedAmong(userIds),
  });
  const push = createPush(platform, { users, conversation });

  serveAbout(router, {
    version: VERSION,
    tlsPort: platform.ports.tls,
    hasGifs: gifs.isThere,
    hasFfmpeg: platform.ffmpeg.version !== null,
    hasMail: platform.config.smtp !== null,
  });
  serveUsers(router, users);
  return { auth, conversation, gifs, search, calls, push };
}
