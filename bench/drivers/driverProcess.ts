import { fileURLToPath } from 'node:url';
import { startChild } from '../../e2e/support/children.ts';
import type { Counters, CrowdOptions, Load, Report, Sent } from './crowd.ts';
import type { Order } from './driver.ts';

/** A crowd in a process of its own. */
export interface Driver {
  connect(options: CrowdOptions): Promise<void>;
  start(load: Load): Promise<void>;
  counters(): Promise<Counters>;
  forgetTimes(): Promise<void>;
  stop(): Promise<Sent>;
  settle(sentByChat: ReadonlyMap<string, Sent>): Promise<Report>;
  returnTo(url: string): Promise<number>;
  end(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

export function startDriver(): Driver {
  const script = fileURLToPath(new URL('./driver.ts', import.meta.url));
  const child = startChild([process.execPath, script], { hasChannel: true });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.process.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let lastId = 0;
  const order = <T>(what: Order): Promise<T> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ answer, error }) => {
        if (error === undefined) resolve(answer as T);
        else reject(new Error(`driver: ${what.do}: ${error}\n${child.said()}`));
      });
      child.process.once('exit', () => reject(new Error(`driver ended: ${child.said()}`)));
      child.process.send({ id, order: what });
    });
  };
  return {
    connect: (options) => order({ do: 'connect', options }),
    start: (load) => order({ do: 'start', load }),
    counters: () => order({ do: 'counters' }),
    forgetTimes: () => order({ do: 'forgetTimes' }),
    stop: () => order({ do: 'stop' }),
    settle: (sentByChat) => order({ do: 'settle', sentByChat }),
    returnTo: (url) => order({ do: 'returnTo', url }),
    end: () => child.kill('SIGKILL'),
  };
}
