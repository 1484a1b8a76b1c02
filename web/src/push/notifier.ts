import type { SOUNDS } from '@dialog/shared/settings.values';
import type { Clock } from '../platform/clock.ts';
import { type Arrival, type Disposition, happeningTold, type Telling, tellingOf } from './deciding.ts';
import type { Happening } from './happenings.ts';
import type { Lookout } from './lookout.ts';

export interface Notifier {
  take(arrival: Arrival): void;
  /** What is no message. */
  takeHappening(happening: Happening): void;
}

interface NotifierDeps {
  readonly disposition: () => Disposition;
  /** As it is known by now; undefined when the person is no longer in the chat. */
  readonly freshened: (arrival: Arrival) => Arrival | undefined;
  readonly lookout: Pick<Lookout, 'isLookedAt' | 'play'>;
  readonly show: (arrival: Arrival) => Promise<void>;
  /** False where a push tells of the happening on this device. */
  readonly isLeftToPage: () => boolean;
  readonly showHappening: (happening: Happening) => Promise<void>;
  readonly clock: Clock;
  /** Only one of the tabs of this browser speaks. */
  readonly isSpeaker: () => boolean;
}

const SOUND_EVERY_MS = 1_000;

/** Decides for each message that came, and tells it: at most one notification per chat at a time, one sound a second. */
export function createNotifier(deps: NotifierDeps): Notifier {
  const { disposition, freshened, lookout, show, clock, isSpeaker } = deps;
  /** The newest of each chat or thread that waits for an answer of the other tabs; older ones need no telling. */
  const waiting = new Map<string, Arrival>();
  let soundedAt = Number.NEGATIVE_INFINITY;

  return {
    take(arrival) {
      if (!isSpeaker() || !decide(arrival, false).isShown) return;
      const key = `${arrival.summary.chat.id}/${arrival.message.thread ?? ''}`;
      const isOnItsWay = waiting.has(key);
      waiting.set(key, arrival);
      if (!isOnItsWay) void tell(key, arrival);
    },
    takeHappening(happening) {
      if (!isSpeaker() || !deps.isLeftToPage() || !decideOn(happening, false).isShown) return;
      void tellHappening(happening);
    },
  };

  async function tell(key: string, { message }: Arrival): Promise<void> {
    const isLookedAt = await lookout.isLookedAt(message);
    const newest = waiting.get(key);
    waiting.delete(key);
    // It may have been read, muted or taken back meanwhile.
    const arrival = newest && freshened(newest);
    if (!arrival) return;
    const { isShown, isHeard } = decide(arrival, isLookedAt);
    if (isHeard) sound(disposition().settings.sound);
    if (isShown) await show(arrival).catch(() => undefined);
  }

  async function tellHappening(happening: Happening): Promise<void> {
    const isLookedAt = await lookout.isLookedAt(happening.kind === 'call' ? { chatId: happening.summary.chat.id } : {});
    const { isShown, isHeard } = decideOn(happening, isLookedAt);
    // A call rings with a tone of its own.
    if (isHeard && happening.kind !== 'call') sound(disposition().settings.sound);
    if (isShown) await deps.showHappening(happening).catch(() => undefined);
  }

  function decideOn(happening: Happening, isLookedAt: boolean): Telling {
    return happeningTold(happening, disposition(), { isLookedAt, now: clock.now() });
  }

  function decide(arrival: Arrival, isLookedAt: boolean): Telling {
    return tellingOf(arrival, disposition(), { isLookedAt, now: clock.now() });
  }

  function sound(which: (typeof SOUNDS)[number]): void {
    const now = clock.now();
    if (now - soundedAt < SOUND_EVERY_MS) return;
    soundedAt = now;
    lookout.play(which);
  }
}
