interface PumpOptions {
  /** Takes what is due; true: there may be more at once. */
  readonly work: () => Promise<boolean>;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}

/** Does what is due, every so often and when kicked, one round at a time. */
export interface Pump {
  kick(): void;
  start(): void;
  /** Resolves when the round under way has ended. */
  stop(): Promise<void>;
}

export function createPump({ work, everyMs, onError }: PumpOptions): Pump {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isKicked = false;

  async function rounds(): Promise<void> {
    do {
      isKicked = false;
      // oxlint-disable-next-line no-await-in-loop -- the next round is for what this one left
      if (await work()) isKicked = true;
    } while (isKicked && timer);
  }

  function kick(): void {
    isKicked = true;
    if (!timer) return;
    running ??= rounds()
      .catch(onError)
      .finally(() => (running = undefined));
  }

  return {
    kick,
    start() {
      timer = setInterval(kick, everyMs);
      timer.unref();
      kick();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  };
}
