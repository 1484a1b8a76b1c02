import { ChatId } from '@dialog/shared/contract/values';
import type { SOUNDS } from '@dialog/shared/settings.values';
import { SOUNDS as ALL_SOUNDS } from '@dialog/shared/settings.values';
import * as z from 'zod/mini';
import type { Clock } from '../platform/clock.ts';

/** Where a message stands, or what is on screen. */
export interface Spot {
  /** Absent: anything at all of Dialog. */
  readonly chatId?: ChatId | undefined;
  /** The position of a thread's root. */
  readonly thread?: number | undefined;
}

/** What a tab knows of itself. */
export interface OwnTab {
  /** On screen and looked at. */
  isLookingAt(spot: Spot): boolean;
  mayPlay(): boolean;
  play(sound: (typeof SOUNDS)[number]): void;
}

/** The tabs of one person in one browser, asked by the one that speaks for all. */
export interface Lookout {
  /** Whether the person looks at it in any tab. */
  isLookedAt(spot: Spot): Promise<boolean>;
  /** Once, in whichever tab may be heard. */
  play(sound: (typeof SOUNDS)[number]): void;
  stop(): void;
}

interface LookoutDeps {
  readonly channel: { tell(note: unknown): void; hear(listener: (note: unknown) => void): void; close(): void };
  readonly own: OwnTab;
  readonly clock: Clock;
  readonly newId: () => string;
}

const Note = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask'), id: z.string(), chatId: z.optional(ChatId), thread: z.optional(z.int()) }),
  z.object({
    kind: z.literal('answer'),
    id: z.string(),
    tab: z.string(),
    isLooking: z.boolean(),
    mayPlay: z.boolean(),
  }),
  z.object({ kind: z.literal('play'), tab: z.string(), sound: z.enum(ALL_SOUNDS) }),
]);
type Note = z.infer<typeof Note>;

/** A tab that is on screen answers at once; one that does not is asleep, and nobody looks at it. */
const ANSWERED_WITHIN_MS = 150;

/** Asked each time and not kept: what a tab said of itself before it crashed would silence all others for ever. */
export function createLookout({ channel, own, clock, newId }: LookoutDeps): Lookout {
  const tab = newId();
  const asked = new Map<string, (isLooking: boolean) => void>();
  /** The other tab that last said it may be heard. */
  let loudTab: string | undefined;
  /** Whoever still waits for an answer must not ask on a closed channel. */
  let isStopped = false;

  channel.hear((data) => {
    const note = z.safeParse(Note, data);
    if (note.success) hear(note.data);
  });

  function hear(note: Note): void {
    if (note.kind === 'ask') {
      const spot = { chatId: note.chatId, thread: note.thread };
      tell({ kind: 'answer', id: note.id, tab, isLooking: own.isLookingAt(spot), mayPlay: own.mayPlay() });
    } else if (note.kind === 'answer') {
      if (note.mayPlay) loudTab = note.tab;
      if (note.isLooking) asked.get(note.id)?.(true);
    } else if (note.tab === tab) own.play(note.sound);
  }

  function tell(note: Note): void {
    if (!isStopped) channel.tell(note);
  }

  return {
    async isLookedAt({ chatId, thread }) {
      if (own.isLookingAt({ chatId, thread })) return true;
      const id = newId();
      loudTab = undefined;
      const isLooking = await new Promise<boolean>((resolve) => {
        asked.set(id, resolve);
        clock.after(ANSWERED_WITHIN_MS, () => resolve(false));
        tell({ kind: 'ask', id, chatId, thread });
      });
      asked.delete(id);
      return isLooking;
    },
    play(sound) {
      if (own.mayPlay()) own.play(sound);
      else if (loudTab !== undefined) tell({ kind: 'play', tab: loudTab, sound });
    },
    stop() {
      isStopped = true;
      channel.close();
    },
  };
}
