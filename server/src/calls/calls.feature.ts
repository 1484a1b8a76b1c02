import type { FastifyInstance } from 'fastify';
import type { UserId } from '@dialog/shared/contract/values';
import type { Redis } from 'ioredis';
import type { ChatService } from '../chats/chats.service.ts';
import type { Config } from '../config.ts';
import type { PeopleReach } from '../people/people.reach.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Origins } from '../platform/http/origins.ts';
import type { Router } from '../platform/http/router.ts';
import type { Upgrades } from '../platform/http/upgrades.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
import type { Log } from '../platform/log/log.ts';
import type { PresenceFeature } from '../presence/presence.feature.ts';
import type { SettingsService } from '../settings/settings.service.ts';
import type { Sockets } from '../platform/sockets/sockets.ts';
import { createCallAsking } from './calls.asking.ts';
import { createConnected } from './calls.connected.ts';
import { createCallGate } from './calls.gate.ts';
import { callModerationRepository } from './calls.moderation.repository.ts';
import { serveCallModeration } from './calls.moderation.routes.ts';
import { createCallModeration } from './calls.moderation.ts';
import { callMovesRepository } from './calls.moves.repository.ts';
import { createCallPeople } from './calls.people.ts';
import { createCallPlacement } from './calls.placement.ts';
import { type Call, callRepository } from './calls.repository.ts';
import { serveCalls, serveMedia } from './calls.routes.ts';
import { createCallService } from './calls.service.ts';
import { createCallSweep } from './calls.sweep.ts';
import { createCallWebhooks } from './calls.webhooks.ts';
import { entryRoom, hearBeats } from './direct/direct.beats.ts';
import { createCallLeases } from './direct/direct.leases.ts';
import { serveDirectCalls } from './direct/direct.routes.ts';
import { createDirectCalls } from './direct/direct.service.ts';
import { createSignalCall } from './direct/direct.signals.ts';
import { createAsking } from './ring/ring.asking.ts';
import { createCallHistory } from './ring/ring.history.ts';
import { ringRepository } from './ring/ring.repository.ts';
import { serveRings } from './ring/ring.routes.ts';
import { createRingService, type RingFollowers } from './ring/ring.service.ts';
import { createRingStore } from './ring/ring.store.ts';

interface Deps {
  readonly db: Database;
  readonly redis: Redis;
  readonly config: Pick<Config, 'turn' | 'hasDirectCalls'>;
  readonly limiter: Pick<Limiter, 'take'>;
  readonly http: FastifyInstance;
  readonly upgrades: Upgrades;
  readonly router: Router;
  readonly sockets: Pick<Sockets, 'tell' | 'bus' | 'onSignal'>;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly now: () => Date;
  readonly pool: MediaPool;
  readonly chats: Pick<ChatService, 'changeChat' | 'changeChatAsServer'>;
  readonly origins: Origins;
  readonly requireMayCall: Parameters<typeof createCallService>[0]['requireMayCall'];
  readonly standingOf: PeopleReach['standingOf'];
  readonly presence: Pick<PresenceFeature, 'invisibleAmong' | 'hiddenFrom'>;
  readonly settings: Pick<SettingsService, 'of'>;
  readonly pushedAmong: Parameters<typeof createAsking>[0]['pushedAmong'];
  /** What features to the right do with what becomes of a call. */
  readonly follow: RingFollowers & { ended(tx: Tx, call: Call): Promise<void> };
}

export type CallFeature = ReturnType<typeof createCallFeature>;

/** All of calls on the server: the parts of this folder and their routes, put together. */
export function createCallFeature(deps: Deps) {
  const { db, sockets, jobs, log, now, pool, config } = deps;
  const calls = callRepository;
  const onError = (error: unknown): void => log.warn({ err: error }, 'calls: something failed and will be tried again');
  const leases = createCallLeases(deps.redis);
  const connected = createConnected({ pool, leases });

  const placement = createCallPlacement({
    ...{ db, calls, moves: callMovesRepository, pool, onError },
    onMoved: ({ id, mediaServer }) => log.warn({ call: id, mediaServer }, 'a call goes on at another media server'),
  });
  const rings = createRingService({
    ...{ db, now, onError },
    repository: ringRepository,
    store: createRingStore(deps.redis),
    find: (callId) => calls.find(db, callId),
    whomToAsk: createAsking({
      ...{ db, now, repository: ringRepository, pushedAmong: deps.pushedAmong },
      standingOf: deps.standingOf,
      hiddenFrom: deps.presence.hiddenFrom,
    }),
    tellRing: (userId, ring) => sockets.tell(`user:${userId}`, 'callRang', ring),
    tellEnd: (userId, end) => sockets.tell(`user:${userId}`, 'callRingEnded', end),
    tellRinging: (userId, ringing) => sockets.tell(`user:${userId}`, 'callRingChanged', ringing),
    addJob: jobs.add,
    follow: deps.follow,
  });
  const history = createCallHistory({ db, repository: ringRepository });
  const people = createCallPeople({
    db,
    calls,
    connected,
    bus: sockets.bus,
    tellChat: ({ chatId, epoch }, told) => sockets.tell(`chat:${chatId}:${epoch}`, 'callPeopleChanged', told),
    tellEntries(callId, { entries, admitted, before }) {
      for (const entryId of new Set([...before, ...entries].map((entry) => entry.entryId)))
        sockets.tell(entryRoom(entryId), 'callEntriesChanged', {
          callId,
          entries: [...entries],
          admitted: [...admitted],
        });
    },
    tellPerson: (userId, told) => sockets.tell(`user:${userId}`, 'callPeopleChanged', told),
    ask: createCallAsking({ db, calls, invisibleAmong: deps.presence.invisibleAmong }),
    joined: rings.joined,
    onError,
  });
  const direct = createDirectCalls({
    ...{ db, calls, leases, people, config, placement, now },
    chats: deps.chats,
    limiter: deps.limiter,
    isRelayOnly: async (tx: Tx, userId: UserId) => (await deps.settings.of(tx, [userId]))(userId).privacy.relaysCalls,
  });
  const service = createCallService({
    db,
    calls,
    chats: deps.chats,
    requireMayCall: deps.requireMayCall,
    ...{ pool, placement, connected, direct },
    people,
    addJob: jobs.add,
    kickJobs: jobs.kick,
    ...{ rings, history },
    forgetUntil: ringRepository.removeUntil,
    forgetPeople: ringRepository.removeOfChat,
    ended: deps.follow.ended,
    now,
    onError,
  });
  const moderation = createCallModeration({
    ...{ db, calls, pool },
    moderation: callModerationRepository,
    requireCall: service.requireCall,
    takeOutOf: service.takeOutOf,
    endCall: service.endCall,
    tellPerson: (userId, told) => sockets.tell(`user:${userId}`, 'callModerated', told),
    kickJobs: jobs.kick,
  });
  const sweep = createCallSweep({
    ...{ db, calls, moves: callMovesRepository, pool, placement, connected, people, onError },
    endCall: service.endDeserted,
  });
  const gate = createCallGate({ db, calls, pool, isAllowedOrigin: deps.origins.has, stir: people.stir, onError });
  const webhooks = createCallWebhooks({ db, calls, pool, stir: people.stir });
  const signalCall = createSignalCall({
    ...{ db, calls },
    requireCall: service.requireCall,
    tell: (entryId, signalled) => sockets.tell(entryRoom(entryId), 'callSignalled', signalled),
  });

  for (const [topic, work] of Object.entries({ ...service.jobs, ...rings.jobs })) jobs.handle(topic, work);
  serveCalls(deps.router, service);
  serveCallModeration(deps.router, moderation);
  serveDirectCalls(deps.router, { direct, signalCall });
  hearBeats({ db, calls, leases, people, sockets, onError });
  serveRings(deps.router, {
    ...{ db, rings, history, requireMayCall: deps.requireMayCall },
    repository: ringRepository,
    requireCall: service.requireCall,
    isIn: calls.hasDevices,
    isRemoved: calls.isRemoved,
    kickJobs: jobs.kick,
  });
  serveMedia({ http: deps.http, upgrades: deps.upgrades, gate, webhooks });
  // The only place where a name and an address stand side by side.
  pool.onStatus((status, { name, url }) => log.info({ status, server: name, at: url.host }, 'media server'));

  return {
    service,
    sweep,
    /** Answers how to stop. */
    async start(): Promise<() => Promise<void>> {
      await pool.start();
      const stopSweeping = sweep.start();
      rings.start();
      return async () => {
        stopSweeping();
        await rings.stop();
        people.stop();
        pool.stop();
      };
    },
  };
}
