import { IDLE_AFTER_MS } from '@dialog/shared/presence';
import type { Clock } from '../platform/clock.ts';
import type { Socket } from '../platform/socket.ts';

/** What a page notices of who sits before it. */
export interface PageSigns {
  isHidden(): boolean;
  /** Input, or that the page was hidden or shown. Answers how to stop. */
  listen(hear: { readonly input: () => void; readonly turned: () => void }): () => void;
}

interface Deps {
  readonly socket: Pick<Socket, 'onConnected' | 'signal'>;
  readonly clock: Clock;
  readonly page: PageSigns;
}

/** Who looks at another tab for a moment has not gone away. */
const HIDDEN_AFTER_MS = 10_000;
/** A moving pointer is looked at this often. */
const NOTED_EVERY_MS = 1_000;

/** Tells the server whether somebody is at this page, when that changes and to each new connection (R7). */
export function reportActivity({ socket, clock, page }: Deps): () => void {
  let inputAt = clock.now();
  let hiddenAt = page.isHidden() ? Number.NEGATIVE_INFINITY : undefined;
  let isActive = !page.isHidden();
  let cancel: (() => void) | undefined;

  /** When nobody will be here any more, if nothing happens. */
  function endsAt(): number {
    return Math.min(inputAt + IDLE_AFTER_MS, hiddenAt === undefined ? Infinity : hiddenAt + HIDDEN_AFTER_MS);
  }

  function look(): void {
    cancel?.();
    const leftMs = endsAt() - clock.now();
    if (leftMs > 0) cancel = clock.after(leftMs, look);
    if (leftMs > 0 === isActive) return;
    isActive = leftMs > 0;
    tell();
  }

  const tell = (): void => socket.signal('reportActivity', { isActive });

  const stops = [
    socket.onConnected(() => {
      look();
      tell();
    }),
    page.listen({
      input() {
        const now = clock.now();
        if (isActive && now - inputAt < NOTED_EVERY_MS) return;
        inputAt = now;
        // The timer that runs looks again by itself.
        if (!isActive) look();
      },
      turned() {
        const isHidden = page.isHidden();
        hiddenAt = isHidden ? (hiddenAt ?? clock.now()) : undefined;
        // Somebody brought it to the front.
        if (!isHidden) inputAt = clock.now();
        look();
      },
    }),
  ];
  look();

  return () => {
    stops.forEach((stop) => stop());
    cancel?.();
  };
}

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

export const thisPage: PageSigns = {
  isHidden: () => document.visibilityState === 'hidden',
  listen({ input, turned }) {
    const ending = new AbortController();
    const { signal } = ending;
    for (const name of INPUTS) addEventListener(name, input, { signal, passive: true, capture: true });
    document.addEventListener('visibilitychange', turned, { signal });
    return () => ending.abort();
  },
};
