import type { MediaClock } from './mediaClock.ts';

const POLL_MS = 1_000;
/** While it is away, people wait for it. */
const POLL_AWAY_MS = 250;
const POLL_TIMEOUT_MS = 2_000;

/** `starting` until it answered for the first time. */
export type MediaStatus = 'ready' | 'starting' | 'down';

interface Deps {
  readonly url: string;
  readonly clock: MediaClock;
  readonly tell: (status: MediaStatus) => void;
}

/** Asks the media server once a second whether it is there, so that it comes back by itself and its absence is known. */
export function createMediaHealth({ url, clock, tell }: Deps) {
  let status: MediaStatus = 'starting';
  let awaySince = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = true;

  function settle(isUp: boolean): void {
    const next = isUp ? 'ready' : status === 'starting' ? 'starting' : 'down';
    if (next === status) return;
    if (status === 'ready') awaySince = performance.now();
    status = next;
    tell(next);
  }

  async function poll(): Promise<void> {
    settle(await answers());
    if (isStopped) return;
    timer = setTimeout(() => void poll(), status === 'ready' ? POLL_MS : POLL_AWAY_MS);
    timer.unref();
  }

  async function answers(): Promise<boolean> {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(POLL_TIMEOUT_MS) });
      clock.hear(answer.headers.get('date'));
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  return {
    status: () => status,
    /** How long it has not answered, in ms; 0: it does. */
    awayForMs: () => (status === 'ready' ? 0 : performance.now() - awaySince),
    /** Resolves after the first answer, or its absence. */
    async start(): Promise<void> {
      isStopped = false;
      await poll();
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
    },
    /** An act found it unreachable: no need to wait for the next poll. */
    suspect: () => settle(false),
  };
}
