import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../e2e/support/children.ts';
import { now } from './clock.ts';
import { dialects, type Known, KNOWS_NOTHING, type Person, type SystemName, writeText } from './dialects.ts';
import { createFrameReader } from './frames.ts';
import { addFaults, createLedger, type Faults, type Ledger, NO_FAULTS } from './ledger.ts';
import { connectWire, type WireSocket } from './wire.ts';

export interface CrowdOptions {
  readonly system: SystemName;
  readonly url: string;
  readonly people: readonly Person[];
  /** Those of `people` who post, by their index. */
  readonly senders: readonly number[];
  /** Keeps for each message when the last receiver here had it: for latency, not for saturation. */
  readonly keepsTimes: boolean;
  /** It will be cut and come back: each one first gets level. */
  readonly returns?: boolean;
  /** How long answers and deliveries may take after the last send before they count as lost. */
  readonly patienceMs?: number;
}

/** `paced`: so many sends a second between all senders here, whatever the answers do. `eager`: each sends again when answered. */
export type Load = { readonly kind: 'paced'; readonly perSecond: number } | { readonly kind: 'eager' };

export interface Counters {
  readonly acknowledged: number;
  readonly delivered: number;
  readonly refused: number;
}

export interface Report extends Counters {
  readonly faults: Faults;
  /** Send → acknowledged in milliseconds, of this crowd's senders. */
  readonly ackMs: readonly number[];
  /** [`sender:number`, sent, last receipt here], on the clock all processes share. */
  readonly seen: readonly (readonly [string, number, number])[];
}

/** Sender → how many of its messages were acknowledged; numbers have no holes. */
export type Sent = ReadonlyMap<number, number>;

/** Some people at their sockets, in one process. */
export interface Crowd {
  connect(): Promise<void>;
  start(load: Load): void;
  counters(): Counters;
  /** Forgets the times of the warm-up. */
  forgetTimes(): void;
  /** Stops sending and waits for the answers under way. */
  stop(): Promise<Sent>;
  /** Waits until every receiver has all of it, 15 s at most, and closes the books. */
  settle(sentByChat: ReadonlyMap<string, Sent>): Promise<Report>;
  /** From now on whoever is cut comes back, to this address. Resolves with the time when all are back and level. */
  returnTo(url: string): Promise<number>;
  close(): void;
}

interface Seat {
  readonly person: Person;
  readonly ledger: Ledger;
  readonly cursor: { at: number };
  known: Known;
  socket: WireSocket | undefined;
  /** Resolves when `socket` has been cut. */
  gone: Promise<void>;
  /** Numbers given out; all of them answered when nothing is under way. */
  numbers: number;
  isWaiting: boolean;
}

const CONNECTING_AT_ONCE = 100;
const TICK_MS = 2;
const PATIENCE_MS = 15_000;
const RETRY_MS = 100;

export function createCrowd(options: CrowdOptions): Crowd {
  const dialect = dialects[options.system];
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const frames = createFrameReader(dialect);
  const seats: Seat[] = options.people.map((person) => ({
    person,
    ledger: createLedger(),
    cursor: { at: -1 },
    known: KNOWS_NOTHING,
    socket: undefined,
    gone: Promise.resolve(),
    numbers: 0,
    isWaiting: false,
  }));
  const senders = seats.filter(({ person }) => options.senders.includes(person.index));
  let seen = new Map<string, [sentAt: number, seenAt: number]>();
  let ackMs: number[] = [];
  const count = { acknowledged: 0, delivered: 0, refused: 0 };
  let underWay = 0;
  let isSending = false;
  let timer: NodeJS.Timeout | undefined;

  const noteTime = (key: string, sentAt: number): void => {
    const at = now();
    const known = seen.get(key);
    if (known) known[1] = at;
    else seen.set(key, [sentAt, at]);
  };

  const hear = (seat: Seat, packet: Buffer): void => {
    if (!packet.subarray(0, dialect.carries.length).equals(dialect.carries)) return;
    for (const { receipt, sentAt } of frames.read(packet, seat.cursor)) {
      seat.ledger.note(receipt);
      count.delivered += 1;
      if (options.keepsTimes) noteTime(`${receipt.sender}:${receipt.number}`, sentAt);
    }
  };

  const open = async (seat: Seat, url: string): Promise<void> => {
    const gone = Promise.withResolvers<void>();
    seat.socket = await connectWire({
      url,
      from: seat.person.from,
      auth: dialect.auth(seat.person),
      hear: (packet) => hear(seat, packet),
      onGone: gone.resolve,
    });
    seat.gone = gone.promise;
  };

  const sync = async (seat: Seat): Promise<Known | undefined> => {
    const question = dialect.sync?.(seat.known);
    if (question === undefined) return undefined;
    const answer = await new Promise<Buffer>((resolve) => {
      seat.socket?.ask(question[0], question[1], (reply) => resolve(Buffer.from(reply)));
    });
    if (!dialect.isAccepted(answer)) throw new Error(`not level: ${answer.toString().slice(0, 200)}`);
    return dialect.learn(answer);
  };

  const isBack = async (seat: Seat, url: string): Promise<boolean> => {
    try {
      await open(seat, url);
      await sync(seat);
      return true;
    } catch {
      seat.socket?.close();
      return false;
    }
  };

  const post = (seat: Seat): void => {
    const chatId = seat.person.chatIds[0];
    if (chatId === undefined || seat.socket === undefined) return;
    seat.numbers += 1;
    seat.isWaiting = true;
    underWay += 1;
    const sentAt = now();
    const [name, payload] = dialect.ask({ chatId, text: writeText(seat.person.index, seat.numbers, sentAt) });
    seat.socket.ask(name, payload, (answer) => {
      underWay -= 1;
      seat.isWaiting = false;
      if (dialect.isAccepted(answer)) {
        count.acknowledged += 1;
        ackMs.push(now() - sentAt);
      } else {
        count.refused += 1;
        process.stderr.write(`refused: ${answer.toString().slice(0, 300)}\n`);
      }
      if (isSending && timer === undefined) post(seat);
    });
  };

  /** Whoever's turn it is; one who still waits for an answer lets the next one go first, so that order stays defined. */
  const pace = (perSecond: number): void => {
    const startedAt = now();
    let posted = 0;
    let turn = 0;
    timer = setInterval(() => {
      const due = Math.floor(((now() - startedAt) / 1_000) * perSecond);
      while (posted < due) {
        posted += 1;
        turn = nextFree(senders, turn);
        const seat = senders[turn % senders.length];
        if (seat) post(seat);
        turn += 1;
      }
    }, TICK_MS);
  };

  /** What has not come by then is counted as missing and not waited for. */
  const patiently = (holds: () => boolean): Promise<void> =>
    until(holds, { what: 'answers', timeoutMs: patienceMs, everyMs: 10 }).catch(() => undefined);

  return {
    async connect() {
      await inGroups(seats, async (seat) => {
        await open(seat, options.url);
        // Only a crowd that is to come back has to know where it was.
        if (options.returns) seat.known = (await sync(seat)) ?? KNOWS_NOTHING;
      });
    },
    start(load) {
      isSending = true;
      if (load.kind === 'paced') pace(load.perSecond);
      else for (const seat of senders) post(seat);
    },
    counters: () => ({ ...count }),
    forgetTimes() {
      ackMs = [];
      seen = new Map();
    },
    async stop() {
      isSending = false;
      clearInterval(timer);
      await patiently(() => underWay === 0);
      return new Map(senders.map((seat) => [seat.person.index, seat.numbers]));
    },
    async settle(sentByChat) {
      const dueTo = (seat: Seat): Sent => sentByChat.get(seat.person.chatIds[0] ?? '') ?? new Map();
      await patiently(() => seats.every((seat) => seat.ledger.isComplete(dueTo(seat))));
      const faults = seats.map((seat) => seat.ledger.close(dueTo(seat))).reduce(addFaults, NO_FAULTS);
      return {
        ...count,
        faults,
        ackMs,
        seen: [...seen].map(([key, [sentAt, seenAt]]) => [key, sentAt, seenAt] as const),
      };
    },
    async returnTo(url) {
      const back = async (seat: Seat): Promise<void> => {
        await seat.gone;
        while (!(await isBack(seat, url))) await sleep(Math.random() * RETRY_MS);
      };
      await Promise.all(seats.map(back));
      return now();
    },
    close() {
      for (const seat of seats) seat.socket?.close();
    },
  };
}

function nextFree(senders: readonly Seat[], from: number): number {
  for (let step = 0; step < senders.length; step += 1) {
    if (!senders[(from + step) % senders.length]?.isWaiting) return from + step;
  }
  return from;
}

async function inGroups<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += CONNECTING_AT_ONCE) {
    await Promise.all(items.slice(from, from + CONNECTING_AT_ONCE).map(work));
  }
}
