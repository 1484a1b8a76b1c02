const RINGTONE = 'dialog-ringtone';
const IN_CALL = 'dialog-in-call';

/** Absent outside secure contexts: there each tab is for itself. */
function locks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined;
}

/** Of all tabs that may be heard one does it; the next goes on when that one is closed. Answers how to stop. */
export function whileFirstToRing(work: () => () => void): () => void {
  const manager = locks();
  if (!manager) return work();
  const ending = new AbortController();
  manager
    .request(RINGTONE, { signal: ending.signal }, async () => {
      if (ending.signal.aborted) return;
      const stop = work();
      await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
      stop();
    })
    .catch(() => undefined);
  return () => ending.abort();
}

/** Says to the other tabs that this one is in a call. Answers how to take it back. */
export function holdInCall(): () => void {
  return holdShared(IN_CALL);
}

/** Says so under this name, beside all who say the same, to other tabs and to the service worker. */
export function holdShared(name: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  locks()
    ?.request(name, { mode: 'shared' }, () => promise)
    .catch(() => undefined);
  return resolve;
}

export async function isAnyTabInCall(): Promise<boolean> {
  const found = await locks()
    ?.query()
    .catch(() => undefined);
  return found?.held?.some(({ name }) => name === IN_CALL) ?? false;
}
