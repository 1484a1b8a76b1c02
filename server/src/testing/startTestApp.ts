import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mysql from 'mysql2/promise';
import { createApp, type App } from '../app.ts';
import type { Config } from '../config.ts';
import type { LivekitConfig } from '../config.livekit.ts';
import { migrate } from '../platform/mysql/migrate.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** Tests sign up and act faster than people do. */
const GENEROUS_LIMITS = {
  signInPerAccount: 10_000,
  signInPerPerson: 10_000,
  signInPerAddress: 10_000,
  signUpTriesPerAddress: 10_000,
  signUpPerAddress: 10_000,
  changePassword: 10_000,
  confirm: 10_000,
  secondFactor: 10_000,
  recoverPerAccount: 10_000,
  recoverPerAddress: 10_000,
  askPasskeyPerAddress: 10_000,
  read: 100_000,
  readPublic: 100_000,
  change: 100_000,
  send: 100_000,
  react: 100_000,
  markRead: 100_000,
  friendRequest: 10_000,
  friendRequestWhenNew: 10_000,
  saveDraft: 100_000,
  findUser: 100_000,
  changeProfile: 100_000,
  setStatus: 100_000,
  search: 100_000,
  createChat: 100_000,
  invite: 10_000,
  inviteTry: 100_000,
  inviteTryPerAddress: 100_000,
  picture: 10_000,
  file: 100_000,
  upload: 10_000,
  uploadMebibytes: 1_000_000,
  startCall: 10_000,
  joinCall: 10_000,
  turnCredentials: 10_000,
  probeRelay: 10_000,
  askToUnmute: 10_000,
  signalCall: 100_000,
  gifs: 10_000,
  preview: 10_000,
  testPush: 10_000,
  outboxTryPerAddress: 10_000,
  claimEmail: 10_000,
  inviteByMail: 10_000,
  askNewPasswordPerAddress: 10_000,
  askNewPasswordPerAccount: 10_000,
  mailLinkPerAddress: 10_000,
  mailPerRecipient: 10_000,
  recoveryMail: 10_000,
  signInMail: 10_000,
  proofMail: 10_000,
  askLinkPerAddress: 10_000,
  takeLinkPerAddress: 100_000,
  answerLink: 10_000,
  socketsPerUser: 1_000,
  socketsPerAddress: 10_000,
  eventsPerSecond: 10_000,
  eventsBurst: 10_000,
};

export interface TestAppOptions {
  /** Server nodes in this process, sharing database and Redis. */
  readonly nodes?: number;
  /** Limits as an operator would set them, over generous ones. */
  readonly limits?: Readonly<Record<string, number>>;
  /** One, several (a pool), or null for none. */
  readonly livekit?: LivekitConfig | readonly LivekitConfig[] | null;
  readonly config?: Partial<Config>;
  /** What differs on one node, for example a Redis that only it cannot reach. */
  readonly configOf?: (index: number, made: { readonly databaseUrl: string }) => Partial<Config>;
}

export interface TestNode {
  readonly app: App;
  /** `http://127.0.0.1:port`, which is also an allowed origin. */
  readonly url: string;
}

export interface TestApp extends TestNode {
  readonly nodes: readonly TestNode[];
  /** Of the schema that this app made for itself. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly dataFolder: string;
  /** Stops all nodes and starts one anew, on what they left. */
  restart(): Promise<TestNode>;
  stop(): Promise<void>;
}

/** Services a test needs, from the environment that `npm test` provides. */
export function testServices(): {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly livekit: LivekitConfig | null;
} {
  const { TEST_DATABASE_URL, TEST_REDIS_URL, TEST_LIVEKIT_URL, TEST_LIVEKIT_KEY, TEST_LIVEKIT_SECRET } = process.env;
  if (!TEST_DATABASE_URL || !TEST_REDIS_URL) {
    throw new Error(
      'Integration tests need TEST_DATABASE_URL and TEST_REDIS_URL: run them with "npm test", which provides both.',
    );
  }
  const livekit =
    TEST_LIVEKIT_URL && TEST_LIVEKIT_KEY && TEST_LIVEKIT_SECRET
      ? { name: 'main', url: TEST_LIVEKIT_URL, apiKey: TEST_LIVEKIT_KEY, apiSecret: TEST_LIVEKIT_SECRET }
      : null;
  return { databaseUrl: TEST_DATABASE_URL, redisUrl: TEST_REDIS_URL, livekit };
}

/** The whole server, one node or several, on a schema of its own that goes with it. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const services = testServices();
  const schema = `dialog_test_${randomBytes(6).toString('hex')}`;
  const databaseUrl = withPath(services.databaseUrl, schema);
  const dataFolder = await mkdtemp(join(tmpdir(), 'dialog-test-'));
  await migrate({ url: databaseUrl, folder: MIGRATIONS });

  const nodes: TestNode[] = [];
  const stopNodes = () => Promise.all(nodes.splice(0).map(({ app }) => app.stop({ drainMs: 0 })));
  const startNext = async (index: number): Promise<TestNode> => {
    const node = await startNode({
      ...testConfig(options),
      databaseUrl,
      dataFolder,
      nodeId: `${schema}-${index}`,
      ...options.configOf?.(index, { databaseUrl }),
    });
    nodes.push(node);
    return node;
  };
  const restart = async () => {
    await stopNodes();
    return startNext(0);
  };
  const stop = async () => {
    await stopNodes();
    await dropSchema(services.databaseUrl, schema);
    await rm(dataFolder, { recursive: true, force: true });
  };
  try {
    for (let index = 0; index < (options.nodes ?? 1); index += 1) {
      await startNext(index);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const [first] = nodes;
  if (!first) throw new Error('an app has at least one node');
  return { ...first, nodes, databaseUrl, redisUrl: services.redisUrl, dataFolder, restart, stop };
}

async function startNode(config: Config): Promise<TestNode> {
  const app = await createApp(config);
  await app.start();
  return { app, url: `http://127.0.0.1:${app.ports.plain()}` };
}

function testConfig({ limits, livekit, config }: TestAppOptions): Config {
  const services = testServices();
  return {
    nodeId: '',
    host: '127.0.0.1',
    port: 0,
    tls: null,
    databaseUrl: services.databaseUrl,
    redisUrl: services.redisUrl,
    livekit: [livekit === undefined ? services.livekit : livekit].flat().filter((one) => one !== null),
    turn: null,
    hasDirectCalls: true,
    dataFolder: '',
    masterKey: null,
    smtp: null,
    linkOrigin: null,
    signInHistoryDays: 90,
    files: { s3: null, maxBytes: 300e6, userQuotaBytes: 100e9, totalQuotaBytes: null, fullAtShare: 1 },
    clamav: null,
    ffmpeg: null,
    giphy: null,
    isDirectoryOpen: false,
    push: { keys: null, subject: 'mailto:tests@dialog.invalid', hosts: [] },
    publicOrigins: null,
    trustedProxies: [],
    limits: { ...GENEROUS_LIMITS, ...limits },
    egressAllow: [],
    metricsToken: null,
    logLevel: process.env['LOG_LEVEL'] ?? 'silent',
    webDist: '',
    ...config,
  };
}

async function dropSchema(url: string, schema: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: url });
  await connection.query(`DROP DATABASE IF EXISTS ${mysql.escapeId(schema)}`);
  await connection.end();
}

function withPath(url: string, path: string): string {
  const changed = new URL(url);
  changed.pathname = `/${path}`;
  return changed.href;
}
