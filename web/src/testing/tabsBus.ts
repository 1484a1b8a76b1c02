import type { OutboxChannel, OutboxNote } from '../messages/messages.outbox.ts';

/** The tabs of one browser, in one process: whoever tells is heard by the others. */
export function createTabsBus(): { open(): OutboxChannel } {
  const tabs = new Set<(note: OutboxNote) => void>();
  return {
    open() {
      let ear: (note: unknown) => void = () => undefined;
      const hear = (note: OutboxNote): void => ear(structuredClone(note));
      tabs.add(hear);
      return {
        tell(note) {
          for (const tab of tabs) if (tab !== hear) queueMicrotask(() => tab(note));
        },
        hear(listener) {
          ear = listener;
        },
        close: () => void tabs.delete(hear),
      };
    },
  };
}

/** One holder at a time; the next goes on when the one before lets go. */
export function createLock(): (work: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work, work);
    return last;
  };
}
