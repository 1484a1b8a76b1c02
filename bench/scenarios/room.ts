import type { SystemName } from '../drivers/dialects.ts';
import { underLoad } from '../support/load.ts';
import { oneRoom } from '../support/scene.ts';
import { median, percentile } from '../support/stats.ts';
import { startSystem } from '../support/systems.ts';
import type { Figures, Run, Scenario } from './scenario.ts';

const PEOPLE = 500;
/** Enough to keep any of the systems busy all the time. */
const EAGER_SENDERS = 64;
/** Latency under more than this share of what a system can do measures its queue. */
const PACED_SHARE = 0.4;
const DELIVERED = 'deliveredPerSecond';
/** Sends a second where the saturation was not measured in the same run. */
const PACED_DEFAULT = 30;

/** One large room, everyone who writes writing again as soon as they are answered. */
export const crowded: Scenario = {
  name: 'crowded',
  words: `a room of ${PEOPLE} at saturation, ${EAGER_SENDERS} always writing`,
  measures: [
    { name: 'deliveredPerCpuSecond', words: 'deliveries per CPU second', unit: '/s', bar: { atLeast: 2 } },
    { name: DELIVERED, words: 'deliveries per second', unit: '/s' },
    { name: 'postedPerSecond', words: 'durable messages per second', unit: '/s' },
  ],
  async measure(name, { services, isQuick }): Promise<Figures> {
    const system = await startSystem(name, services, { shape: oneRoom(PEOPLE) });
    try {
      const result = await underLoad(system, {
        load: { kind: 'eager' },
        senders: system.people.slice(0, EAGER_SENDERS).map(({ index }) => index),
        drivers: 2,
        keepsTimes: false,
        warmUpMs: isQuick ? 2_000 : 4_000,
        windowMs: isQuick ? 3_000 : 10_000,
      });
      return {
        deliveredPerCpuSecond: result.delivered / result.cpuSeconds,
        [DELIVERED]: result.delivered / result.windowSeconds,
        postedPerSecond: result.acknowledged / result.windowSeconds,
      };
    } finally {
      await system.stop();
    }
  },
};

/** The same room at a pace that both systems hold easily. */
export const room: Scenario = {
  name: 'room',
  words: `a room of ${PEOPLE} at 40 % of what the slower system can do`,
  measures: [
    { name: 'ackP50', words: 'send → acknowledged, p50', unit: 'ms' },
    { name: 'ackP99', words: 'send → acknowledged, p99', unit: 'ms' },
    { name: 'seenP50', words: 'send → last member has it, p50', unit: 'ms', bar: { atMost: 1.5 } },
    { name: 'seenP99', words: 'send → last member has it, p99', unit: 'ms' },
  ],
  async measure(name, run): Promise<Figures> {
    const system = await startSystem(name, run.services, { shape: oneRoom(PEOPLE) });
    try {
      const { ackMs, lastSeenMs } = await underLoad(system, {
        load: { kind: 'paced', perSecond: pace(run) },
        senders: system.people.slice(0, EAGER_SENDERS).map(({ index }) => index),
        drivers: 2,
        keepsTimes: true,
        warmUpMs: run.isQuick ? 2_000 : 4_000,
        windowMs: run.isQuick ? 3_000 : 15_000,
      });
      return {
        ackP50: median(ackMs),
        ackP99: percentile(ackMs, 0.99),
        seenP50: median(lastSeenMs),
        seenP99: percentile(lastSeenMs, 0.99),
      };
    } finally {
      await system.stop();
    }
  },
};

/** The same for both: a share of the slower one's saturation. */
function pace({ soFar }: Run): number {
  const saturation = soFar.get(`${crowded.name}.${DELIVERED}`);
  const of = (system: SystemName): number => median(saturation?.[system] ?? []) / PEOPLE;
  const slower = Math.min(of('bare'), of('dialog'));
  return Number.isFinite(slower) ? Math.max(1, slower * PACED_SHARE) : PACED_DEFAULT;
}
