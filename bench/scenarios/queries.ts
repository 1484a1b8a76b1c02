import type { ChatId } from '@dialog/shared/contract/values';
import { type ApiCaller, callApi } from '../../e2e/support/api.ts';
import { dialogServer, newMasterKey, prepareSchema } from '../../e2e/support/dialogServer.ts';
import { seedPeople } from '../../e2e/support/people.ts';
import { dropSchema, freshSchema } from '../../e2e/support/services.ts';
import { seedMany } from '../../scripts/seed/many.ts';
import { createMysqlDatabase } from '../../server/src/platform/mysql/mysqlDatabase.ts';
import type { SystemName } from '../drivers/dialects.ts';
import { percentile } from '../support/stats.ts';
import type { Figures, Measure, Run, Scenario } from './scenario.ts';

/** What stands in the place of the baseline is Dialog itself with a hundredth of the messages. */
const MESSAGES: Readonly<Record<SystemName, number>> = { bare: 10_000, dialog: 1_000_000 };
const QUICK_MESSAGES: Readonly<Record<SystemName, number>> = { bare: 2_000, dialog: 20_000 };
const SCHEMA = 'bench_queries';
const PEOPLE = 41;
const LIMITS_TIMES = 1_000_000;
const WARM_UP = 30;
const TIMES = 200;
const RATIO_MAX = 3;

const SEARCHES = {
  frequent: ['the', 'to', 'and', 'you', 'is', 'for'],
  two: ['the meeting', 'you coffee', 'good morning', 'project report', 'and boat', 'dinner friday'],
  beginning: ['mee', 'harb', 'pro', 'anch', 'wee', 'cof'],
  absent: ['zzyzzx', 'qqxqqx', 'xyzzyz'],
} as const;

interface Scene {
  readonly caller: ApiCaller;
  /** Chats with more than one page of history, and how long each is. */
  readonly long: readonly { readonly id: ChatId; readonly messages: number }[];
}

/** Against the same on a hundredth of the messages, and in milliseconds. */
function both(name: string, words: string, atMostMs: number): Measure[] {
  return [
    { name, words: `${words}, p95`, unit: 'ms', bar: { atMost: RATIO_MAX } },
    { name: `${name}Ms`, words: `… within ${atMostMs} ms`, unit: 'ms', bar: { atMost: atMostMs }, absolute: true },
  ];
}

/** Questions of a person in 1,000 chats, one after another to a warm server. */
export const queries: Scenario = {
  name: 'queries',
  words: 'a person in 1,000 chats: 1,000,000 messages against 10,000 (in the column of the baseline)',
  repeats: 1,
  measures: [
    ...both('frequent', 'first results of a frequent word', 300),
    ...both('two', 'first results of two words', 300),
    ...both('beginning', 'first results of a beginning', 300),
    ...both('absent', 'no results of a word that nobody wrote', 300),
    ...both('history', 'a page of history', 30),
    ...both('list', 'the chat list of a new device, first 200 of 1,000 chats', 100),
    ...both('level', 'the chat list of a device that is level', 100),
  ],
  async measure(name, run): Promise<Figures> {
    const databaseUrl = await freshSchema(run.services.database.url, SCHEMA);
    await prepareSchema(databaseUrl);
    const masterKey = newMasterKey();
    try {
      const scene = await seed({ name, run, databaseUrl, masterKey });
      const server = await dialogServer({
        databaseUrl,
        redisUrl: run.services.redis.url,
        masterKey,
        limitsTimes: LIMITS_TIMES,
      });
      await server.start();
      try {
        return await ask({ ...scene, caller: { ...scene.caller, url: server.url } });
      } finally {
        await server.kill();
      }
    } finally {
      await dropSchema(run.services.database.url, SCHEMA);
    }
  },
};

interface Seeding {
  readonly name: SystemName;
  readonly run: Run;
  readonly databaseUrl: string;
  readonly masterKey: string;
}

async function seed({ name, run, databaseUrl, masterKey }: Seeding): Promise<Scene> {
  const people = await seedPeople(databaseUrl, PEOPLE);
  const db = createMysqlDatabase({ url: databaseUrl });
  const chats = await seedMany({
    db,
    masterKey: Buffer.from(masterKey, 'base64'),
    people: people.map(({ userId }) => userId),
    messages: (run.isQuick ? QUICK_MESSAGES : MESSAGES)[name],
    tell: () => undefined,
  });
  await db.close();
  return { caller: { url: '', token: people[0]?.token ?? '' }, long: chats.filter(({ messages }) => messages > 55) };
}

async function ask({ caller, long }: Scene): Promise<Figures> {
  const list = { since: 0, known: [] };
  const level = await levelDevice(caller);
  const asked = {
    ...Object.fromEntries(
      Object.entries(SEARCHES).map(([kind, questions]) => [
        kind,
        (at: number) => callApi(caller, 'searchMessages', { body: { words: questions[at % questions.length] ?? '' } }),
      ]),
    ),
    history: (at: number) => {
      const chat = long[(at * 7) % long.length];
      const before = 52 + ((at * 7919) % Math.max(1, (chat?.messages ?? 0) - 52));
      const params = { chatId: chat?.id ?? '' };
      return callApi(caller, 'listHistory', { params, query: { before: String(before) } });
    },
    list: () => callApi(caller, 'syncChats', { body: list }),
    level: () => callApi(caller, 'syncChats', { body: level }),
  };
  const figures: Record<string, number> = {};
  for (const [name, one] of Object.entries(asked)) {
    figures[name] = await p95Of(one);
    figures[`${name}Ms`] = figures[name];
  }
  return figures;
}

/** What a device that has the whole list tells of itself. */
async function levelDevice(caller: ApiCaller) {
  const known = new Map<ChatId, number>();
  let revision = 0;
  for (let hasMore = true; hasMore;) {
    const answer = await callApi(caller, 'syncChats', {
      body: { since: revision, known: [...known].map(([chatId, at]) => ({ chatId, revision: at })) },
    });
    for (const summary of answer.changes.chats) known.set(summary.chat.id, summary.revision);
    ({ hasMore } = answer);
    ({ revision } = answer.changes);
  }
  return { since: revision, known: [...known].map(([chatId, at]) => ({ chatId, revision: at })) };
}

async function p95Of(one: (at: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < WARM_UP + TIMES; at += 1) {
    const startedAt = performance.now();
    await one(at);
    if (at >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return percentile(times, 0.95);
}
