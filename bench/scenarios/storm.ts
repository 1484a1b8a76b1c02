import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../drivers/clock.ts';
import type { Person } from '../drivers/dialects.ts';
import { type Driver, startDriver } from '../drivers/driverProcess.ts';
import { cpuSeconds, residentKiB } from '../support/processes.ts';
import { mixedChats, type Shape } from '../support/scene.ts';
import { type RunningSystem, startSystem } from '../support/systems.ts';
import type { Figures, Scenario } from './scenario.ts';

const PEOPLE = 5_000;
const PEOPLE_QUICK = 500;
const CHATS_EACH = 20;
const CHAT_SIZE = 50;
/** These come first, so that what a process grows once is not counted as theirs. */
const FIRST_SHARE = 0.1;
const DRIVERS = 2;
/** For the collection, and for the work that a connection leaves behind. */
const QUIET_MS = 4_000;

/** Everyone in no chat at all: the connection by itself. */
export const idle: Scenario = {
  name: 'idle',
  words: `${PEOPLE} idle signed-in connections of people without chats`,
  repeats: 2,
  measures: [{ name: 'kibEach', words: 'memory of the node per connection', unit: 'KiB', bar: { atMost: 1.3 } }],
  measure: (name, { services, isQuick }) =>
    withCrowd({ shape: { people: isQuick ? PEOPLE_QUICK : PEOPLE, chats: [] }, nodes: 1 }, async (options) => {
      const system = await startSystem(name, services, { ...options, canCollectGarbage: true });
      return { system, measure: async (drivers) => ({ kibEach: await memoryEach(system, drivers) }) };
    }),
};

/** Everyone's node dies, and all come at once to the other one. */
export const storm: Scenario = {
  name: 'storm',
  words: `${PEOPLE} signed-in people in ${CHATS_EACH} chats each: idle, then their node dies and all come to the other`,
  repeats: 2,
  measures: [
    { name: 'kibEach', words: 'memory of the node per connection', unit: 'KiB', bar: { atMost: 1.3 } },
    { name: 'backMs', words: 'all back and caught up', unit: 'ms', bar: { atMost: 2 } },
    { name: 'cpuMsEach', words: 'CPU per returned connection', unit: 'ms' },
  ],
  measure: (name, { services, isQuick }) =>
    withCrowd(
      { shape: mixedChats(isQuick ? PEOPLE_QUICK : PEOPLE, CHATS_EACH, CHAT_SIZE), nodes: 2 },
      async (options) => {
        const system = await startSystem(name, services, { ...options, canCollectGarbage: true });
        return { system, measure: (drivers) => measureStorm(system, drivers) };
      },
    ),
};

interface Crowd {
  readonly system: RunningSystem;
  readonly measure: (drivers: readonly Driver[]) => Promise<Figures>;
}

interface CrowdShape {
  readonly shape: Shape;
  readonly nodes: number;
}

async function withCrowd(shape: CrowdShape, start: (shape: CrowdShape) => Promise<Crowd>): Promise<Figures> {
  const { system, measure } = await start(shape);
  const drivers = Array.from({ length: DRIVERS + 1 }, startDriver);
  try {
    return await measure(drivers);
  } finally {
    await Promise.all(drivers.map((driver) => driver.end()));
    await system.stop();
  }
}

async function memoryEach(system: RunningSystem, drivers: readonly Driver[]): Promise<number> {
  const [node] = system.nodes;
  const [firstDriver, ...others] = drivers;
  if (!node || !firstDriver) throw new Error('nothing to measure');
  const sit = (driver: Driver, people: readonly Person[]) =>
    driver.connect({ system: system.name, url: node.url, people, senders: [], keepsTimes: false, returns: true });
  const firstCount = Math.round(system.people.length * FIRST_SHARE);
  await sit(firstDriver, system.people.slice(0, firstCount));
  const before = await quietMemory(node.pid());
  const rest = system.people.slice(firstCount);
  await Promise.all(
    others.map((driver, part) =>
      sit(
        driver,
        rest.filter((_, index) => index % others.length === part),
      ),
    ),
  );
  return ((await quietMemory(node.pid())) - before) / rest.length;
}

async function quietMemory(pid: number): Promise<number> {
  await sleep(QUIET_MS);
  process.kill(pid, 'SIGUSR2');
  await sleep(QUIET_MS);
  return residentKiB(pid);
}

async function measureStorm(system: RunningSystem, drivers: readonly Driver[]): Promise<Figures> {
  const kibEach = await memoryEach(system, drivers);
  const [dying, other] = system.nodes;
  if (!dying || !other) throw new Error('a storm needs two nodes');
  const back = drivers.map((driver) => driver.returnTo(other.url));
  const survivors = system.pids().filter((pid) => pid !== dying.pid());
  const before = cpuSeconds(survivors);
  const diedAt = now();
  await dying.kill();
  const lastBackAt = Math.max(...(await Promise.all(back)));
  const cpu = cpuSeconds(survivors) - before;
  return { kibEach, backMs: lastBackAt - diedAt, cpuMsEach: (cpu * 1_000) / system.people.length };
}
