import { underLoad } from '../support/load.ts';
import { oneRoom } from '../support/scene.ts';
import { median, percentile } from '../support/stats.ts';
import { startSystem } from '../support/systems.ts';
import type { Figures, Scenario } from './scenario.ts';

const PEOPLE = 50;
const SENDS_PER_SECOND = 50;

/** A lively group: what one person feels when the server is far from busy. */
export const calm: Scenario = {
  name: 'calm',
  words: `${SENDS_PER_SECOND} sends a second in a room of ${PEOPLE}`,
  measures: [
    { name: 'ackP50', words: 'send → acknowledged, p50', unit: 'ms', bar: { atMost: 1.5 } },
    { name: 'ackP99', words: 'send → acknowledged, p99', unit: 'ms' },
    { name: 'seenP50', words: 'send → last member has it, p50', unit: 'ms', bar: { atMost: 1.5 } },
    { name: 'seenP99', words: 'send → last member has it, p99', unit: 'ms' },
  ],
  async measure(name, { services, isQuick }): Promise<Figures> {
    const system = await startSystem(name, services, { shape: oneRoom(PEOPLE) });
    try {
      const { ackMs, lastSeenMs } = await underLoad(system, {
        load: { kind: 'paced', perSecond: SENDS_PER_SECOND },
        senders: system.people.map(({ index }) => index),
        drivers: 1,
        keepsTimes: true,
        warmUpMs: isQuick ? 2_000 : 5_000,
        windowMs: isQuick ? 4_000 : 15_000,
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
