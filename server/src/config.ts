import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import { filesEnvironment, filesIn, type ClamavConfig, type FilesConfig } from './config.files.ts';
import { type LivekitConfig, livekitEnvironment, livekitIn } from './config.livekit.ts';
import { giphyEnvironment, giphyIn, type GiphyConfig } from './config.gifs.ts';
import { historyDays, linkOrigin, mailEnvironment, smtpIn, type SmtpConfig } from './config.mail.ts';
import { pushEnvironment, pushIn, type PushConfig } from './config.push.ts';
import { LIMIT_NAMES } from './platform/limits/limiter.ts';

/** Everything the process takes from its environment. */
export interface Config {
  readonly nodeId: string;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly tls: TlsConfig | null;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** The media servers; none: everything but calls works. */
  readonly livekit: readonly LivekitConfig[];
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | null;
  /** Calls of two may go between their devices; off: all go through the media server. */
  readonly hasDirectCalls: boolean;
  readonly dataFolder: string;
  readonly files: FilesConfig;
  /** A virus scanner that every file has to pass. */
  readonly clamav: ClamavConfig | null;
  /** Path or name of ffmpeg; null: not to be used. */
  readonly ffmpeg: string | null;
  /** Where GIFs are searched; null: nowhere. */
  readonly giphy: GiphyConfig | null;
  /** Where mails go out; null: nowhere, the operator reads them on a page. */
  readonly smtp: SmtpConfig | null;
  /** How long sign-ins that ended are kept. */
  readonly signInHistoryDays: number;
  /** Where links in mails lead; null: to this server on localhost. */
  readonly linkOrigin: string | null;
  /** People are found by the beginning of their names. */
  readonly isDirectoryOpen: boolean;
  /** `DIALOG_MASTER_KEY`; null: a file in the data folder, made on the first start. */
  readonly masterKey: string | null;
  /** Exact origins browsers may come from; null: this server's own addresses on localhost. */
  readonly publicOrigins: readonly string[] | null;
  /** Addresses or networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Limits an operator changed: name → points. */
  readonly limits: Readonly<Record<string, number>>;
  /** `EGRESS_ALLOW`: exact `address:port` pairs that may be fetched from whatever they are; for tests. */
  readonly egressAllow: readonly string[];
  readonly push: PushConfig;
  readonly metricsToken: string | null;
  readonly logLevel: string;
  /** The built web app. */
  readonly webDist: string;
}

interface TlsConfig {
  readonly port: number;
  /** PEM. */
  readonly cert: Buffer;
  /** PEM. */
  readonly key: Buffer;
}

const Port = z.pipe(
  z.string().check(z.regex(/^\d{1,5}$/)),
  z.pipe(
    z.transform((text: string) => Number(text)),
    z.int().check(z.minimum(0), z.maximum(65_535)),
  ),
);

/** A mistyped name must not leave a limit as it was in silence. */
const Limits = z
  .record(z.string(), z.int().check(z.positive()))
  .check(
    z.refine((limits) => Object.keys(limits).every((name) => LIMIT_NAMES.includes(name)), { error: 'unknown limit' }),
  );
const Text = z.string().check(z.minLength(1));
const List = z.pipe(
  z.string(),
  z.transform((text: string) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  ),
);

const Environment = z.object({
  PORT: z.optional(Port),
  HOST: z.optional(Text),
  TLS_PORT: z.optional(Port),
  TLS_CERT: z.optional(Text),
  TLS_KEY: z.optional(Text),
  NODE_ID: z.optional(z.string().check(z.regex(/^[\w.-]{1,64}$/))),
  DATABASE_URL: z.url(),
  REDIS_URL: z.url(),
  ...livekitEnvironment,
  TURN_URLS: z.optional(List),
  TURN_SECRET: z.optional(Text),
  DIRECT_CALLS: z.optional(z.enum(['on', 'off'])),
  DIALOG_DATA: z.optional(Text),
  ...filesEnvironment,
  ...giphyEnvironment,
  ...mailEnvironment,
  ...pushEnvironment,
  DIALOG_MASTER_KEY: z.optional(Text),
  PUBLIC_ORIGINS: z.optional(List),
  TRUSTED_PROXIES: z.optional(List),
  LIMITS: z.optional(z.pipe(z.pipe(z.string(), z.transform(parseJson)), Limits)),
  EGRESS_ALLOW: z.optional(
    z.pipe(List, z.array(z.string().check(z.refine(isPair, { error: 'no address:port, such as 127.0.0.1:8080' })))),
  ),
  METRICS_TOKEN: z.optional(z.string().check(z.minLength(16))),
  DIRECTORY: z.optional(z.enum(['exact', 'open'])),
  LOG_LEVEL: z.optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])),
  WEB_DIST: z.optional(Text),
});
type Environment = z.infer<typeof Environment>;

/**
 * The configuration, checked whole.
 * @throws Error naming each variable that is missing or wrong, and never its value: some are secrets.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is an unset one: that is what `FOO=` in an .env file means.
  const checked = Environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!checked.success) {
    const wrong = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not right. ${wrong.join('; ')}`);
  }
  const read = checked.data;
  return {
    nodeId: read.NODE_ID ?? randomBytes(6).toString('hex'),
    host: read.HOST ?? '127.0.0.1',
    port: read.PORT ?? 3000,
    tls: tlsIn(read),
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    livekit: livekitIn(read),
    turn: turnIn(read),
    dataFolder: resolve(read.DIALOG_DATA ?? '.dialog'),
    masterKey: read.DIALOG_MASTER_KEY ?? null,
    ...originsIn(read),
    smtp: smtpIn(read),
    signInHistoryDays: historyDays(read),
    ...filesIn(read),
    giphy: giphyIn(read),
    push: pushIn(read),
    ...operatorsChoices(read),
  };
}

function operatorsChoices(read: Environment) {
  return {
    trustedProxies: read.TRUSTED_PROXIES ?? [],
    limits: read.LIMITS ?? {},
    egressAllow: read.EGRESS_ALLOW ?? [],
    metricsToken: read.METRICS_TOKEN ?? null,
    isDirectoryOpen: read.DIRECTORY === 'open',
    hasDirectCalls: read.DIRECT_CALLS !== 'off',
    logLevel: read.LOG_LEVEL ?? 'info',
    webDist: resolve(read.WEB_DIST ?? 'web/dist'),
  };
}

function originsIn({ PUBLIC_ORIGINS }: Environment) {
  const origins = PUBLIC_ORIGINS?.map(exactOrigin) ?? null;
  return { publicOrigins: origins, linkOrigin: linkOrigin(origins ?? []) };
}

function tlsIn({ TLS_PORT, TLS_CERT, TLS_KEY }: Environment): TlsConfig | null {
  if (TLS_PORT === undefined) return null;
  if (TLS_CERT === undefined || TLS_KEY === undefined)
    throw new Error('TLS_PORT needs TLS_CERT and TLS_KEY (paths of PEM files).');
  return { port: TLS_PORT, cert: readFileSync(TLS_CERT), key: readFileSync(TLS_KEY) };
}

function turnIn({ TURN_URLS, TURN_SECRET }: Environment): Config['turn'] {
  return TURN_URLS && TURN_SECRET !== undefined ? { urls: TURN_URLS, secret: TURN_SECRET } : null;
}

function exactOrigin(text: string): string {
  const { origin } = new URL(text);
  if (origin === 'null' || origin !== text.replace(/\/$/, ''))
    throw new Error(`PUBLIC_ORIGINS: "${text}" is no origin such as https://chat.example.org`);
  return origin;
}

/** An address, not a name: what a name stands for is decided when it is asked. */
function isPair(text: string): boolean {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^[\]:]+)):(\d{1,5})$/.exec(text) ?? [];
  return (isIPv6(bracketed ?? '') || isIPv4(plain ?? '')) && Number(port) <= 65_535;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
