import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../platform/clock.ts';

/** Takes a new build when no tab of this browser would lose anything by it. */
export interface Updating {
  /** `busy`: some tab is in a call, or records; it was asked and has to wait. */
  readonly store: StoreApi<{ readonly kind: 'idle' | 'asking' | 'busy' }>;
  /** Answers the other tabs from now on; answers how to stop. */
  listen(): () => void;
  take(): Promise<void>;
}

interface Channel {
  tell(note: unknown): void;
  hear(listener: (note: unknown) => void): void;
  close(): void;
}

interface UpdatingDeps {
  readonly openChannel: () => Channel;
  /** Whether something goes on in this tab that opening it anew would end. */
  readonly isBusy: () => boolean;
  /** Brings what was typed to safety. */
  readonly keepDrafts: () => Promise<void>;
  readonly takeUpdate: () => void;
  readonly clock: Clock;
}

const Note = z.enum(['may-I', 'busy', 'taking']);

/** A tab in a call is awake; one that does not answer has nothing to lose that is not kept already. */
const ANSWERED_WITHIN_MS = 300;

export function createUpdating({ openChannel, isBusy, keepDrafts, takeUpdate, clock }: UpdatingDeps): Updating {
  const store = createStore<{ readonly kind: 'idle' | 'asking' | 'busy' }>(() => ({ kind: 'idle' }));
  let channel: Channel | undefined;

  function hear(data: unknown): void {
    const note = Note.safeParse(data);
    if (!note.success) return;
    if (note.data === 'may-I' && isBusy()) channel?.tell('busy');
    if (note.data === 'busy' && store.getState().kind === 'asking') store.setState({ kind: 'busy' });
    if (note.data === 'taking') void keepDrafts();
  }

  return {
    store,
    listen() {
      const opened = openChannel();
      opened.hear(hear);
      channel = opened;
      return () => opened.close();
    },
    async take() {
      if (store.getState().kind === 'asking') return;
      store.setState({ kind: isBusy() ? 'busy' : 'asking' });
      if (isBusy()) return;
      channel?.tell('may-I');
      await new Promise<void>((resolve) => clock.after(ANSWERED_WITHIN_MS, resolve));
      if (store.getState().kind === 'busy') return;
      store.setState({ kind: 'idle' });
      channel?.tell('taking');
      await keepDrafts().catch(() => undefined);
      takeUpdate();
    },
  };
}
