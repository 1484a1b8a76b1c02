import type { MediaServer } from './livekit.ts';
import type { MediaStatus } from './mediaHealth.ts';

/** How long a server may be away before its calls go elsewhere: longer than a hiccup, shorter than people wait. */
const DEAD_AFTER_MS = 4_000;
const WEIGH_EVERY_MS = 5_000;

/** The media servers, and which of them a call is on. */
export interface MediaPool {
  readonly servers: readonly MediaServer[];
  /** As ready as the readiest: one is enough for a call. */
  status(): MediaStatus;
  /** Called at each change of a server's status. */
  onStatus(hear: (status: MediaStatus, server: MediaServer) => void): void;
  /** The server under this name. A lone one holds every call, whatever it was called when they began. */
  find(name: string | null): MediaServer | null;
  /** Calls there need another server: it is gone from the pool, or has been away for some seconds. Never a lone one. */
  isLost(name: string | null): boolean;
  /** The least busy of those that are ready, for a new call. */
  choose(): MediaServer | null;
  start(): Promise<void>;
  stop(): void;
}

interface Weight {
  /** People and rooms it said it has. */
  measured: number;
  /** Calls given to it since then, each as one more. */
  given: number;
}

interface Options {
  readonly deadAfterMs?: number;
}

export function createMediaPool(
  servers: readonly MediaServer[],
  { deadAfterMs = DEAD_AFTER_MS }: Options = {},
): MediaPool {
  const [first] = servers;
  const lone = servers.length === 1 ? first : undefined;
  const weights = new Map<MediaServer, Weight>(servers.map((server) => [server, { measured: 0, given: 0 }]));
  let timer: NodeJS.Timeout | undefined;

  function find(name: string | null): MediaServer | null {
    return lone ?? servers.find((server) => server.name === name) ?? null;
  }

  async function weigh(server: MediaServer): Promise<void> {
    if (server.status() !== 'ready') return;
    const load = await server.load().catch(() => null); // Its health says more, and sooner.
    if (load !== null) weights.set(server, { measured: load, given: 0 });
  }

  function weightOf(server: MediaServer): number {
    const { measured = 0, given = 0 } = weights.get(server) ?? {};
    return measured + given;
  }

  async function weighAll(): Promise<void> {
    await Promise.all(servers.map(weigh));
    timer?.refresh();
  }

  return {
    servers,
    find,
    status() {
      const all = servers.map((server) => server.status());
      return all.find((one) => one === 'ready') ?? all.find((one) => one === 'starting') ?? 'down';
    },
    onStatus(hear) {
      for (const server of servers) server.onStatus((status) => hear(status, server));
    },
    isLost(name) {
      const server = find(name);
      return server !== lone && (server === null || server.awayForMs() >= deadAfterMs);
    },
    choose() {
      const ready = servers.filter((server) => server.status() === 'ready');
      const [lightest] = ready.toSorted((a, b) => weightOf(a) - weightOf(b));
      const weight = lightest && weights.get(lightest);
      if (weight) weight.given += 1;
      return lightest ?? null;
    },
    async start() {
      await Promise.all(servers.map((server) => server.start()));
      if (servers.length < 2) return;
      timer = setTimeout(() => void weighAll(), WEIGH_EVERY_MS);
      timer.unref();
      await weighAll();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      for (const server of servers) server.stop();
    },
  };
}
