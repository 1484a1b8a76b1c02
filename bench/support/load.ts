import { setTimeout as sleep } from 'node:timers/promises';
import type { Load, Report, Sent } from '../drivers/crowd.ts';
import type { Person } from '../drivers/dialects.ts';
import { type Driver, startDriver } from '../drivers/driverProcess.ts';
import { addFaults, type Faults, NO_FAULTS } from '../drivers/ledger.ts';
import { cpuSeconds } from './processes.ts';
import type { RunningSystem } from './systems.ts';

export interface LoadOptions {
  readonly load: Load;
  /** Indexes of the people who post. */
  readonly senders: readonly number[];
  /** Driver processes the people are spread over, each chat's people round by round. */
  readonly drivers: number;
  readonly keepsTimes: boolean;
  readonly warmUpMs: number;
  readonly windowMs: number;
}

export interface LoadResult {
  readonly windowSeconds: number;
  readonly cpuSeconds: number;
  /** Within the window. */
  readonly acknowledged: number;
  readonly delivered: number;
  /** After the warm-up. */
  readonly ackMs: readonly number[];
  /** Send → the last receiver has it, per message. */
  readonly lastSeenMs: readonly number[];
}

/**
 * Puts the system under a load, measures a window of it, then closes every receiver's book.
 * @throws Error when anything was lost, doubled, misplaced, unexpected or refused: such figures mean nothing.
 */
export async function underLoad(system: RunningSystem, options: LoadOptions): Promise<LoadResult> {
  const drivers = await seatDrivers(system, options);
  try {
    return await measure(system, { drivers, options });
  } finally {
    await Promise.all(drivers.map((driver) => driver.end()));
  }
}

async function seatDrivers(
  system: RunningSystem,
  { drivers: count, senders, keepsTimes }: LoadOptions,
): Promise<Driver[]> {
  const url = system.nodes[0]?.url ?? '';
  const drivers = Array.from({ length: count }, startDriver);
  await Promise.all(
    drivers.map((driver, part) => {
      const people = system.people.filter(({ index }) => index % count === part);
      return driver.connect({ system: system.name, url, people, senders, keepsTimes });
    }),
  );
  return drivers;
}

async function measure(
  system: RunningSystem,
  { drivers, options }: { drivers: readonly Driver[]; options: LoadOptions },
): Promise<LoadResult> {
  await Promise.all(drivers.map((driver) => driver.start(share(options.load, drivers.length))));
  await sleep(options.warmUpMs);
  await Promise.all(drivers.map((driver) => driver.forgetTimes()));
  const before = await mark(system, drivers);
  await sleep(options.windowMs);
  const after = await mark(system, drivers);
  const reports = await closeBooks(system, drivers);
  return {
    windowSeconds: (after.at - before.at) / 1_000,
    cpuSeconds: after.cpu - before.cpu,
    acknowledged: after.acknowledged - before.acknowledged,
    delivered: after.delivered - before.delivered,
    ackMs: reports.flatMap(({ ackMs }) => ackMs),
    lastSeenMs: lastSeen(reports),
  };
}

function share(load: Load, drivers: number): Load {
  return load.kind === 'paced' ? { kind: 'paced', perSecond: load.perSecond / drivers } : load;
}

async function mark(system: RunningSystem, drivers: readonly Driver[]) {
  const counters = await Promise.all(drivers.map((driver) => driver.counters()));
  const sum = (of: (each: (typeof counters)[number]) => number): number =>
    counters.reduce((total, each) => total + of(each), 0);
  return {
    at: performance.now(),
    cpu: cpuSeconds(system.pids()),
    acknowledged: sum((each) => each.acknowledged),
    delivered: sum((each) => each.delivered),
  };
}

async function closeBooks(system: RunningSystem, drivers: readonly Driver[]): Promise<Report[]> {
  const sent = new Map((await Promise.all(drivers.map((driver) => driver.stop()))).flatMap((each) => [...each]));
  const sentByChat = groupByChat(system.people, sent);
  const reports = await Promise.all(drivers.map((driver) => driver.settle(sentByChat)));
  const faults = reports.map((report) => report.faults).reduce(addFaults, NO_FAULTS);
  const refused = reports.reduce((sum, report) => sum + report.refused, 0);
  if (!isFaultless(faults) || refused > 0) {
    throw new Error(
      `${system.name}: ${JSON.stringify({ ...faults, refused })}\n${system.nodes.map((node) => node.said()).join('\n')}`,
    );
  }
  return reports;
}

function isFaultless(faults: Faults): boolean {
  return Object.values(faults).every((count) => count === 0);
}

function groupByChat(people: readonly Person[], sent: Sent): Map<string, Sent> {
  const byChat = new Map<string, Map<number, number>>();
  for (const { index, chatIds } of people) {
    const count = sent.get(index);
    const chatId = chatIds[0];
    if (count === undefined || count === 0 || chatId === undefined) continue;
    byChat.set(chatId, (byChat.get(chatId) ?? new Map<number, number>()).set(index, count));
  }
  return byChat;
}

function lastSeen(reports: readonly Report[]): number[] {
  const last = new Map<string, number>();
  for (const { seen } of reports) {
    for (const [key, sentAt, seenAt] of seen) last.set(key, Math.max(last.get(key) ?? 0, seenAt - sentAt));
  }
  return [...last.values()];
}
