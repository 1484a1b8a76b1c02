import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { SessionId } from '@dialog/shared/contract/values';
import type { Redis } from 'ioredis';
import type { Config } from '../config.ts';
import { loadMasterKey } from './crypto/masterKey.ts';
import type { Database } from './database.ts';
import { createEgress, type Egress } from './egress/egress.ts';
import { createFfmpeg, type Ffmpeg } from './ffmpeg/ffmpeg.ts';
import { createDiskStorage } from './files/diskStorage.ts';
import type { FileStorage } from './files/fileStorage.ts';
import { createSealedFiles, type SealedFiles } from './files/sealedFiles.ts';
import { createProxyTrust, type ProxyTrust } from './http/clientAddress.ts';
import { type Authenticate, type Callers, createCallers } from './http/callers.ts';
import { carryOverHttp, refuseOverHttp } from './http/httpCarrier.ts';
import { describeApi } from './http/describeApi.ts';
import { createHttpServer } from './http/httpServer.ts';
import { createListeners } from './http/listeners.ts';
import { createOrigins, type Origins } from './http/origins.ts';
import { createRouter, type Router } from './http/router.ts';
import { createRunRoute } from './http/runRoute.ts';
import { sendSecurityHeaders } from './http/securityHeaders.ts';
import { createUpgrades, type Upgrades } from './http/upgrades.ts';
import { serveWebFiles } from './http/webFiles.ts';
import { serveHealth } from './health/health.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { createLimiter, socketLimits, type Limiter } from './limits/limiter.ts';
import { createLog, type Log } from './log/log.ts';
import { createMailPlatform } from './mail/mailPlatform.ts';
import type { Mailer } from './mail/mail.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createMysqlDatabase } from './mysql/mysqlDatabase.ts';
import { createBus } from './redis/bus.ts';
import { createPictures, type Pictures } from './pictures/pictures.ts';
import { connectBlockingRedis, connectRedis } from './redis/redis.ts';
import { createActCarrier } from './sockets/actCarrier.ts';
import { createSockets, type SocketServer } from './sockets/sockets.ts';

/** What features stand on. */
export interface Platform {
  readonly config: Config;
  readonly masterKey: Buffer;
  readonly db: Database;
  /** Fails within 200 ms; every caller can do without (fault 7). */
  readonly redis: Redis;
  readonly http: FastifyInstance;
  readonly upgrades: Upgrades;
  readonly origins: Origins;
  readonly proxies: ProxyTrust;
  readonly callers: Callers;
  readonly limiter: Limiter;
  readonly files: SealedFiles;
  readonly pictures: Pictures;
  readonly ffmpeg: Ffmpeg;
  readonly router: Router;
  readonly sockets: SocketServer;
  readonly jobs: Jobs;
  /** Jobs that ask the outside world: a runner of their own, so that they hold up no other. */
  readonly slowJobs: Jobs;
  readonly mailer: Mailer;
  /** An address of the app as others are told it, in mails: `linkTo('/join/…')`. */
  readonly linkTo: (path: `/${string}`) => string;
  /** The one way out to addresses that people name. */
  readonly egress: Egress;
  readonly log: Log;
  readonly now: () => Date;
  /** Where plain HTTP and TLS are served, once they are. */
  readonly ports: { readonly plain: () => number; readonly tls: () => number | null };
  /** Listens. All routes and listeners of features stand by then. */
  start(): Promise<void>;
  /** Not ready from now on: takes nobody new, and asks its clients to move over `overMs`, each when its acts are answered. */
  drain(overMs: number): Promise<void>;
  /** After `drain` and the features' own ends. */
  stop(): Promise<void>;
}

/** No more than go out at a time. */
const SLOW_JOBS = 4;

interface PlatformDeps {
  readonly config: Config;
  readonly version: string;
  readonly now: () => Date;
  readonly authenticate: Authenticate;
  readonly isKnownAddress: (account: string, address: string) => Promise<boolean>;
  readonly isConfirmed: (sessionId: SessionId) => Promise<boolean>;
}

/** Connects everything technical. Nothing here knows a feature: who is signed in is asked through the deps. */
export async function createPlatform({
  config,
  version,
  now,
  authenticate,
  isKnownAddress,
  isConfirmed,
}: PlatformDeps): Promise<Platform> {
  const log = createLog({ level: config.logLevel, nodeId: config.nodeId });
  const masterKey = await loadMasterKey({
    fromEnvironment: config.masterKey ?? undefined,
    dataFolder: config.dataFolder,
  });
  const db = createMysqlDatabase({ url: config.databaseUrl });
  const toRedis = { url: config.redisUrl, keyPrefix: `${new URL(config.databaseUrl).pathname.slice(1)}:`, log };
  const redis = connectRedis(toRedis);
  const reader = connectBlockingRedis(toRedis);
  const bus = createBus({ writer: redis, reader, nodeId: config.nodeId, log });
  const limiter = createLimiter({ redis, overrides: config.limits });
  const origins = createOrigins(config.publicOrigins ?? []);
  const proxies = createProxyTrust(config.trustedProxies);
  const callers = createCallers({ authenticate, origins, proxies });
  const files = createSealedFiles(await createFileStorage(config));
  const router = createRouter();
  const metrics = createMetrics(() => sockets.count());
  const runRoute = metrics.measured(createRunRoute({ limiter, isKnownAddress, isConfirmed }));
  const carryAct = createActCarrier({ router, runRoute, log });
  const sockets = createSockets({ ...socketLimits(config.limits), bus, carryAct, authenticate, origins, proxies, log });
  const jobs = createJobs({ db, log, now });
  const slowJobs = createJobs({ db, log, now, atOnce: SLOW_JOBS });
  const egress = createEgress({ allow: config.egressAllow });
  const upgrades = createUpgrades();
  const http = await createHttpServer();
  const listeners = createListeners({ http, config, origins });
  refuseOverHttp(http, log);
  sendSecurityHeaders(http, proxies);
  metrics.serve(http, config.metricsToken);
  const health = serveHealth(http, { pingDatabase: () => db.ping(), isBusHealthy: () => bus.isHealthy() });

  return {
    config,
    masterKey,
    db,
    redis,
    http,
    upgrades,
    origins,
    proxies,
    callers,
    limiter,
    files,
    pictures: createPictures(),
    ffmpeg: await createFfmpeg(config.ffmpeg, log),
    router,
    sockets,
    jobs,
    slowJobs,
    mailer: await createMailPlatform({ config, db, http, callers, limiter, masterKey, jobs: slowJobs, now }),
    linkTo: (path) => `${config.linkOrigin ?? `http://localhost:${listeners.plain()}`}${path}`,
    egress,
    log,
    now,
    ports: listeners,
    async start() {
      await describeApi(http, router.endpoints(), version);
      await serveWebFiles(http, config.webDist);
      carryOverHttp(http, { router, runRoute, callers });
      await http.ready();
      upgrades.listen(http.server);
      await sockets.start(http.server);
      await listeners.listen();
      jobs.start();
      slowJobs.start();
    },
    async drain(overMs) {
      health.drain();
      listeners.refuseNew();
      await sockets.drain(overMs);
    },
    async stop() {
      egress.stop();
      await sockets.stop();
      await Promise.all([jobs.stop(), slowJobs.stop()]);
      await listeners.close();
      redis.disconnect();
      reader.disconnect();
      await db.close();
    },
  };
}

/** The SDK of the object store is loaded only where there is one. */
async function createFileStorage({ files, dataFolder }: Config): Promise<FileStorage> {
  if (!files.s3) return createDiskStorage({ folder: join(dataFolder, 'files'), fullAtShare: files.fullAtShare });
  const { createS3Storage } = await import('./files/s3Storage.ts');
  return createS3Storage(files.s3);
}
