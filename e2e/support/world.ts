import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { freePort } from './children.ts';
import { type OwnLivekit, ownLivekit, poolOf } from './livekit.ts';
import { type DialogServer, dialogServer, newMasterKey, prepareSchema } from './dialogServer.ts';
import { dropSchema, freshSchema } from './services.ts';

const LIMITS_TIMES = 1_000;
/** Machines that test often do much else. */
const PATIENCE_MS = 30_000;
const PASSWORD = 'correct horse battery staple';
const WEB = join(process.env['WEB_DIST'] ?? fileURLToPath(new URL('../../web/dist', import.meta.url)), 'index.html');

/**
 * No person clicks the permission prompts, and the camera shows a moving picture and beeps once a second. Six pictures a
 * second and no emulated graphics card: together a call takes little more than half of the processor.
 */
const MEDIA_FLAGS = [
  '--use-fake-device-for-media-stream=fps=6',
  '--disable-gpu',
  '--use-fake-ui-for-media-stream',
  '--auto-select-desktop-capture-source=Entire screen',
  '--autoplay-policy=no-user-gesture-required',
];

/** A server of Dialog with its own schema, and a real browser. */
export interface World {
  readonly nodes: readonly DialogServer[];
  readonly livekit: OwnLivekit | undefined;
  /** Its pool, where it has several media servers. */
  readonly livekits: readonly OwnLivekit[];
  readonly databaseUrl: string;
  readonly browser: Browser;
  /** A new account in a browser profile of its own, at the first node unless said otherwise. */
  signUp(displayName: string, options?: VisitOptions): Promise<Guest>;
  /** A browser profile of its own at the sign-in page. */
  visit(options?: VisitOptions): Promise<Page>;
  /** Closes all their browsers: a camera that runs on takes the next test's processor. */
  everyoneLeaves(): Promise<void>;
  close(): Promise<void>;
}

interface VisitOptions {
  readonly url?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: string;
  /** Whether this browser keeps the app for times without a network. It fetches all of it, so only where that is wanted. */
  readonly keepsShell?: boolean;
}

/** A person at their browser. */
export interface Guest {
  readonly displayName: string;
  readonly userName: string;
  readonly password: string;
  readonly page: Page;
  readonly context: BrowserContext;
}

interface WorldOptions {
  readonly nodes?: number;
  /** The first node's; default: a free one. */
  readonly port?: number;
  readonly hasCalls?: boolean;
  /** Where browsers are told to send media, if not straight to LiveKit. */
  readonly mediaHost?: string;
  /** How many, with calls; default: one. */
  readonly mediaServers?: number;
  /** Where each node finds Redis, if not where the tests are told. */
  readonly redisUrls?: readonly string[];
  /** Other origins under which the pages are reached, for example through a proxy. */
  readonly origins?: readonly string[];
  /**
   * Whether it takes the browser with windows, which alone captures screens, shows notifications of a service worker,
   * updates an app and takes noise away. The other one takes a quarter less of the processor.
   */
  readonly hasWindows?: boolean;
  /** What else the browser is started with. */
  readonly browserArguments?: readonly string[];
  /** What else goes into the environment of each node. */
  readonly env?: Readonly<Record<string, string>>;
}

/** @throws Error that says how the services are come by. */
export function fromEnvironment(
  name: 'TEST_DATABASE_URL' | 'TEST_REDIS_URL' | 'TEST_CHROMIUM' | 'TEST_CHROMIUM_SHELL' | 'TEST_FIREFOX',
): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with "npm test", which provides it.`);
  return value;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  if (!existsSync(WEB)) throw new Error('The web app is not built: run "npm run build" first.');
  const adminUrl = fromEnvironment('TEST_DATABASE_URL');
  const schema = `e2e_${randomBytes(6).toString('hex')}`;
  const databaseUrl = await freshSchema(adminUrl, schema);
  await prepareSchema(databaseUrl);
  const { nodes, livekits } = await startNodes(databaseUrl, options);
  const browser = await launchBrowser(options);
  const origin = (): string => nodes[0]?.url ?? '';

  const open = async (visit: VisitOptions = {}) => {
    const { url = origin(), viewport, colorScheme = 'light', locale = 'en', keepsShell = false } = visit;
    const context = await browser.newContext({
      baseURL: url,
      viewport: viewport ?? { width: 1280, height: 800 },
      colorScheme,
      locale,
      reducedMotion: 'reduce',
      serviceWorkers: keepsShell ? 'allow' : 'block',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return { context, page: await context.newPage() };
  };

  return {
    nodes,
    livekit: livekits[0],
    livekits,
    databaseUrl,
    browser,
    async signUp(displayName, visit) {
      const { context, page } = await open(visit);
      const userName = `${displayName.toLowerCase().replaceAll(/[^a-z]/g, '')}_${randomBytes(3).toString('hex')}`;
      // The form has a test of its own; here only its result is wanted, a cookie.
      const answer = await context.request.post('/api/auth/sign-up', {
        headers: { origin: visit?.url ?? origin() },
        data: { userName, displayName, password: PASSWORD, keep: 'cookie' },
      });
      if (!answer.ok()) throw new Error(`sign-up answered ${answer.status()}`);
      await page.goto('/');
      return { displayName, userName, password: PASSWORD, page, context };
    },
    async visit(visit) {
      const { page } = await open(visit);
      await page.goto('/');
      return page;
    },
    async everyoneLeaves() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await Promise.all(nodes.map((node) => node.stop()));
      await Promise.all(livekits.map((livekit) => livekit.stop()));
      await dropSchema(adminUrl, schema);
    },
  };
}

/** A browser alone. */
export function launchBrowser({
  hasWindows = false,
  browserArguments = [],
}: Pick<WorldOptions, 'hasWindows' | 'browserArguments'>): Promise<Browser> {
  return chromium.launch({
    executablePath: fromEnvironment(hasWindows ? 'TEST_CHROMIUM' : 'TEST_CHROMIUM_SHELL'),
    args: ['--no-sandbox', ...MEDIA_FLAGS, ...browserArguments],
  });
}

async function startNodes(databaseUrl: string, options: WorldOptions) {
  const redisUrl = fromEnvironment('TEST_REDIS_URL');
  const masterKey = newMasterKey();
  const ports = await Promise.all(Array.from({ length: options.nodes ?? 1 }, freePort));
  if (options.port) ports[0] = options.port;
  const livekits = await Promise.all(
    Array.from({ length: options.hasCalls ? (options.mediaServers ?? 1) : 0 }, () =>
      ownLivekit({ webhookPort: ports[0] ?? 0, mediaHost: options.mediaHost }),
    ),
  );
  await Promise.all(livekits.map((livekit) => livekit.start()));
  const nodes = await Promise.all(
    ports.map((port, index) =>
      dialogServer({
        port,
        databaseUrl,
        redisUrl: options.redisUrls?.[index] ?? redisUrl,
        masterKey,
        limitsTimes: LIMITS_TIMES,
        ...(options.origins ? { origins: options.origins } : {}),
        env: { ...options.env, ...poolOf(livekits) },
      }),
    ),
  );
  await Promise.all(nodes.map((node) => node.start()));
  return { nodes, livekits };
}
