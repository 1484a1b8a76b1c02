import { underLoad } from '../support/load.ts';
import { separateChats } from '../support/scene.ts';
import { startSystem } from '../support/systems.ts';
import type { Figures, Scenario } from './scenario.ts';

const CHATS = 200;
const CHAT_SIZE = 5;
/** In each chat so many write, each again as soon as they are answered. */
const WRITERS_PER_CHAT = 2;

/** A server full of small chats. */
export const busy: Scenario = {
  name: 'busy',
  words: `${CHATS * CHAT_SIZE} people in ${CHATS} chats of ${CHAT_SIZE}, ${WRITERS_PER_CHAT} in each always writing`,
  measures: [
    { name: 'postedPerSecond', words: 'durable messages per second', unit: '/s', bar: { atLeast: 1 } },
    { name: 'postedPerCpuSecond', words: 'durable messages per CPU second', unit: '/s', bar: { atLeast: 0.8 } },
  ],
  async measure(name, { services, isQuick }): Promise<Figures> {
    const system = await startSystem(name, services, { shape: separateChats(CHATS, CHAT_SIZE) });
    try {
      const result = await underLoad(system, {
        load: { kind: 'eager' },
        senders: system.people.filter(({ index }) => index % CHAT_SIZE < WRITERS_PER_CHAT).map(({ index }) => index),
        drivers: 1,
        keepsTimes: false,
        warmUpMs: isQuick ? 2_000 : 5_000,
        windowMs: isQuick ? 3_000 : 12_000,
      });
      return {
        postedPerSecond: result.acknowledged / result.windowSeconds,
        postedPerCpuSecond: result.acknowledged / result.cpuSeconds,
      };
    } finally {
      await system.stop();
    }
  },
};
