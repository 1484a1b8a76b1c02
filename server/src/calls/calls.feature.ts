import type { FastifyInstance } from 'fastify';
import type { ChatService } from '../chats/chats.service.ts';
import type { Database } from '../platform/database.ts';
import type { Origins } from '../platform/http/origins.ts';
import type { Router } from '../platform/http/router.ts';
import type { Upgrades } from '../platform/http/upgrades.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { MediaServer } from '../platform/livekit/livekit.ts';
import type { Log } from '../platform/log/log.ts';
import type { PresenceFeature } from '../presence/presence.feature.ts';
import type { Sockets } from '../platform/sockets/sockets.ts';
import { createCallGate } from './calls.gate.ts';
import { createCallPeople } from './calls.people.ts';
import { callRepository } from './calls.repository.ts';
import { serveCalls, serveMedia } from './calls.routes.ts';
import { createCallService, type CallFollowers } from './calls.service.ts';
import { createCallSweep } from './calls.sweep.ts';
import { createCallWebhooks } from './calls.webhooks.ts';
import { serveDirectCalls } from './direct/direct.routes.ts';
import { createDirectCalls } from './direct/direct.service.ts';

interface Deps {
  readonly db: Database;
  readonly http: FastifyInstance;
  readonly upgrades: Upgrades;
  readonly router: Router;
  readonly sockets: Pick<Sockets, 'tell' | 'bus'>;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly now: () => Date;
  readonly media: MediaServer;
  readonly chats: Pick<ChatService, 'changeChat' | 'changeChatAsServer'>;
  readonly origins: Origins;
  readonly requireMayCall: Parameters<typeof createCallService>[0]['requireMayCall'];
  readonly presence: Pick<PresenceFeature, 'invisibleAmong'>;
  readonly follow: CallFollowers;
}

export type CallFeature = ReturnType<typeof createCallFeature>;

/** All of calls on the server: the parts of this folder and their routes, put together. */
export function createCallFeature(deps: Deps) {
  const { db, sockets, jobs, log, now, media } = deps;
  const calls = callRepository;
  const onError = (error: unknown): void => log.warn({ err: error }, 'calls: something failed and will be tried again');

  const people = createCallPeople({
    db,
    calls,
    media,
    bus: sockets.bus,
    tellChat: ({ chatId, epoch }, told) => sockets.tell(`chat:${chatId}:${epoch}`, 'callPeopleChanged', told),
    tellPerson: (userId, told) => sockets.tell(`user:${userId}`, 'callPeopleChanged', told),
    invisibleAmong: deps.presence.invisibleAmong,
    onError,
  });
  const service = createCallService({
    db,
    calls,
    chats: deps.chats,
    requireMayCall: deps.requireMayCall,
    media,
    people,
    addJob: jobs.add,
    kickJobs: jobs.kick,
    follow: deps.follow,
    now,
    onError,
  });
  const sweep = createCallSweep({ db, calls, media, people, endCall: service.endCall, onError });
  const gate = createCallGate({ db, calls, media, isAllowedOrigin: deps.origins.has, stir: people.stir, onError });
  const webhooks = createCallWebhooks({ db, calls, media, stir: people.stir });

  for (const [topic, work] of Object.entries(service.jobs)) jobs.handle(topic, work);
  serveCalls(deps.router, service);
  serveDirectCalls(deps.router, createDirectCalls({ requireCall: service.requireCall }));
  serveMedia({ http: deps.http, upgrades: deps.upgrades, gate, webhooks });
  media.onStatus((status) => log.info({ status }, 'media server'));

  return {
    service,
    sweep,
    /** Answers how to stop. */
    async start(): Promise<() => void> {
      await media.start();
      const stopSweeping = sweep.start();
      return () => {
        stopSweeping();
        people.stop();
        media.stop();
      };
    },
  };
}
