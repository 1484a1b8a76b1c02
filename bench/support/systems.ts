import { fileURLToPath } from 'node:url';
import { freePort, startChild, until } from '../../e2e/support/children.ts';
import { dialogServer, newMasterKey, prepareSchema } from '../../e2e/support/dialogServer.ts';
import { dropSchema, freshSchema, type OwnService } from '../../e2e/support/services.ts';
import type { Person, SystemName } from '../drivers/dialects.ts';
import { bareScene, dialogScene, type Shape } from './scene.ts';

const SCHEMA = 'bench';
/** Dialog's limits stay on, raised so far that a driver with a crowd's rate in one person does not meet them. */
const LIMITS_TIMES = 1_000_000;
const GARBAGE = ['--expose-gc', '--import', fileURLToPath(new URL('./collectGarbage.ts', import.meta.url))];

export interface Services {
  readonly database: OwnService;
  readonly redis: OwnService;
}

interface Node {
  readonly url: string;
  pid(): number;
  said(): string;
  kill(): Promise<void>;
}

/** One system under test, running, with its people seated in their chats. */
export interface RunningSystem {
  readonly name: SystemName;
  readonly nodes: readonly Node[];
  readonly people: readonly Person[];
  /** Processes whose CPU the system answers for: its living nodes, the database, Redis where it uses it. */
  pids(): number[];
  stop(): Promise<void>;
}

export interface SystemOptions {
  readonly shape: Shape;
  readonly nodes?: number;
  readonly canCollectGarbage?: boolean;
}

export async function startSystem(
  name: SystemName,
  services: Services,
  options: SystemOptions,
): Promise<RunningSystem> {
  const databaseUrl = await freshSchema(services.database.url, SCHEMA);
  const start = name === 'bare' ? startBare : startDialog;
  const { nodes, people } = await start({ databaseUrl, redisUrl: services.redis.url, ...options });
  const living = new Set(nodes);
  const used = name === 'bare' ? [services.database] : [services.database, services.redis];
  return {
    name,
    nodes: nodes.map((node) => ({ ...node, kill: () => (living.delete(node), node.kill()) })),
    people,
    pids: () => [...living, ...used].map((each) => each.pid()),
    async stop() {
      await Promise.all(nodes.map((node) => node.kill()));
      await dropSchema(services.database.url, SCHEMA);
    },
  };
}

interface StartOptions extends SystemOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

interface Started {
  readonly nodes: readonly Node[];
  readonly people: readonly Person[];
}

async function startBare(options: StartOptions): Promise<Started> {
  const nodes = await Promise.all(Array.from({ length: options.nodes ?? 1 }, () => startBareNode(options)));
  return { nodes, people: bareScene(options.shape) };
}

async function startBareNode(options: StartOptions): Promise<Node> {
  const port = await freePort();
  const script = fileURLToPath(new URL('../baseline/server.ts', import.meta.url));
  const child = startChild([process.execPath, ...(options.canCollectGarbage ? GARBAGE : []), script], {
    env: { NODE_ENV: 'production', PORT: `${port}`, DATABASE_URL: options.databaseUrl },
  });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(url)).ok, { what: 'the baseline' });
  return { url, pid: () => child.pid, said: () => child.said(), kill: () => child.kill('SIGKILL') };
}

async function startDialog(options: StartOptions): Promise<Started> {
  await prepareSchema(options.databaseUrl);
  const masterKey = newMasterKey();
  const make = () =>
    dialogServer({
      databaseUrl: options.databaseUrl,
      redisUrl: options.redisUrl,
      masterKey,
      limitsTimes: LIMITS_TIMES,
      nodeArguments: options.canCollectGarbage ? GARBAGE : [],
    });
  // By a node of its own: what making thousands of chats leaves in a process would hide what connections take in it.
  const maker = await make();
  await maker.start();
  const people = await dialogScene(options.shape, { url: maker.url, databaseUrl: options.databaseUrl });
  await maker.kill();
  const nodes = await Promise.all(Array.from({ length: options.nodes ?? 1 }, make));
  await Promise.all(nodes.map((node) => node.start()));
  return { nodes, people };
}
