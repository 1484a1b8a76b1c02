import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ChatId } from '@dialog/shared/contract/values';
import { callApi } from '../support/api.ts';
import { until } from '../support/children.ts';
import { dialogServer, newMasterKey, prepareSchema } from '../support/dialogServer.ts';
import { makeGroup, seedPeople, type SeededPerson } from '../support/people.ts';
import { freshSchema, ownDatabase, ownRedis } from '../support/services.ts';
import { createDevice, type Device } from './device.ts';
import { strikeUntil, type Victims } from './faults.ts';
import { createRandom } from './random.ts';
import { judge, type Verdict } from './verdict.ts';

/**
 * Two nodes, people who write all the time, and everything killed again and again by a seed; then the history is held
 * against what was acknowledged. Exits with 1 when anything was lost, doubled, unexpected or out of order.
 */

const { values: given } = parseArgs({
  options: {
    seed: { type: 'string' },
    /** At most 90 seconds, for CI. */
    small: { type: 'boolean', default: false },
    messages: { type: 'string' },
  },
});

const PEOPLE = 24;
const CHATS = 6;
const CHATS_EACH = 3;
const LIMITS_TIMES = 10_000;
const SMALL = { messages: 20_000, peaceMs: [500, 2_500], maxMs: 45_000 } as const;
const FULL = { messages: 50_000, peaceMs: [2_000, 6_000], maxMs: 30 * 60_000 } as const;
/** The beacon needs 10 s; a node that has just started, a little more. */
const LEVEL_MS = 25_000;

const size = given.small ? SMALL : FULL;
const wanted = given.messages ? Number(given.messages) : size.messages;
const seed = given.seed ? Number(given.seed) : Math.floor(Math.random() * 2 ** 31);
const random = createRandom(seed);
const startedAt = performance.now();
const seconds = (): string => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
const tell = (line: string): void => void process.stdout.write(`${seconds()}: ${line}\n`);

let acknowledged = 0;
let lastAt = performance.now();
let longestSilenceMs = 0;

tell(`chaos with seed ${seed} (again with: npm run chaos -- --seed ${seed}${given.small ? ' --small' : ''})`);
const folder = await mkdtemp(join(tmpdir(), 'dialog-chaos-'));
const victims = await startVictims();
let verdict: Verdict;
let counts: { acknowledged: number; faults: number; longestSilenceMs: number };
try {
  const devices = await seatDevices();
  counts = await writeThroughFaults(devices);
  await waitUntilLevel(devices);
  verdict = await judge(victims.nodes[0].url, devices);
  for (const device of devices) device.close();
} finally {
  await Promise.all([...victims.nodes, victims.redis].map((each) => each.stop()));
  await victims.database.stop();
  await rm(folder, { recursive: true, force: true });
}
await report();
process.exit(isClean(verdict) ? 0 : 1);

async function startVictims(): Promise<Victims> {
  const database = await ownDatabase(folder);
  const redis = await ownRedis();
  await Promise.all([database.start(), redis.start()]);
  const databaseUrl = await freshSchema(database.url, 'chaos');
  await prepareSchema(databaseUrl);
  const options = { databaseUrl, redisUrl: redis.url, masterKey: newMasterKey(), limitsTimes: LIMITS_TIMES };
  const nodes = [await dialogServer(options), await dialogServer(options)] as const;
  await Promise.all(nodes.map((node) => node.start()));
  return { nodes, database, redis };
}

async function seatDevices(): Promise<Device[]> {
  const [one, other] = victims.nodes;
  const databaseUrl = new URL('/chaos', victims.database.url).href;
  const people = await seedPeople(databaseUrl, PEOPLE);
  const membersOf = (chat: number): SeededPerson[] => people.filter((_, index) => chatsOf(index).includes(chat));
  const chatIds: ChatId[] = [];
  for (let chat = 0; chat < CHATS; chat += 1) chatIds.push(await makeGroup(one.url, membersOf(chat)));
  return people.map((person, index) => {
    const [first, ...rest] = chatsOf(index).flatMap((chat) => chatIds[chat] ?? []);
    if (!first) throw new Error('everyone is in a chat');
    return createDevice({
      name: `p${index}`,
      person,
      chatIds: [first, ...rest],
      urls: [one.url, other.url],
      // Each device its own stream, so that the order in which they ask does not matter.
      random: createRandom(seed + index + 1),
      onAcknowledged: noteAcknowledged,
    });
  });
}

function chatsOf(index: number): number[] {
  return Array.from({ length: CHATS_EACH }, (_, step) => (index + step) % CHATS);
}

function noteAcknowledged(): void {
  const at = performance.now();
  longestSilenceMs = Math.max(longestSilenceMs, at - lastAt);
  lastAt = at;
  acknowledged += 1;
  if (acknowledged % 1_000 === 0) tell(`${acknowledged} acknowledged`);
}

async function writeThroughFaults(devices: readonly Device[]) {
  lastAt = performance.now();
  const writingSince = performance.now();
  const isDone = (): boolean => acknowledged >= wanted || performance.now() - writingSince > size.maxMs;
  const [faults] = await Promise.all([
    strikeUntil(victims, { random, peaceMs: size.peaceMs, shouldStop: isDone, tell }),
    ...devices.map((device) => device.run(isDone)),
  ]);
  return { acknowledged, faults, longestSilenceMs };
}

/** By themselves: nobody tells a device to look. */
async function waitUntilLevel(devices: readonly Device[]): Promise<void> {
  const url = victims.nodes[0].url;
  const isLevel = async (device: Device): Promise<boolean> => {
    const caller = { url, token: device.person.token };
    const { changes } = await callApi(caller, 'syncChats', { body: { since: 0, known: [] } });
    const heads = new Map<string, number>(changes.chats.map(({ chat, revision }) => [chat.id, revision]));
    return device.views().every((view) => view.revision() === heads.get(view.chatId));
  };
  const areLevel = async (): Promise<boolean> => (await Promise.all(devices.map(isLevel))).every(Boolean);
  await until(areLevel, { what: 'all devices to be level', timeoutMs: LEVEL_MS, everyMs: 500 }).catch(() => {
    tell('some devices are still behind');
  });
}

function isClean({ lost, double, unexpected, outOfOrder }: Verdict): boolean {
  return lost + double + unexpected + outOfOrder === 0;
}

async function report(): Promise<void> {
  const results = fileURLToPath(new URL('../../test-results/', import.meta.url));
  await mkdir(results, { recursive: true });
  const result = { seed, isSmall: given.small, ...counts, ...verdict, at: new Date().toISOString() };
  await writeFile(join(results, `chaos-${seed}.json`), `${JSON.stringify(result, null, 2)}\n`);
  for (const example of verdict.examples) tell(example);
  tell(
    `chaos seed ${seed}: ${counts.acknowledged} acknowledged through ${counts.faults} faults (longest silence ${Math.round(counts.longestSilenceMs)} ms): ` +
      `lost ${verdict.lost}, double ${verdict.double}, unexpected ${verdict.unexpected}, out of order ${verdict.outOfOrder}`,
  );
}
