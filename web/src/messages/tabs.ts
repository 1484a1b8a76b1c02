/** Does something in one tab of this browser at a time; the next tab goes on when this one closes or the signal ends it. */
export async function inOneTab(
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  // Absent outside secure contexts. Two senders do no harm then: the server takes each message once.
  const locks = 'locks' in navigator ? navigator.locks : undefined;
  if (!locks) return work(signal);
  try {
    await locks.request(name, { signal }, () => work(signal));
  } catch (failure) {
    if (!signal.aborted) throw failure;
  }
}

/** Reaches this person's other tabs. */
export function openTabChannel(name: string): {
  tell(note: unknown): void;
  hear(listener: (note: unknown) => void): void;
  close(): void;
} {
  const channel = new BroadcastChannel(name);
  return {
    tell: (note) => channel.postMessage(note),
    hear(listener) {
      channel.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data));
    },
    close: () => channel.close(),
  };
}
