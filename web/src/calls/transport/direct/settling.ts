import type { CameraLimit, Outgoing } from '../media.transport.ts';
import { setShares, SLOTS, tracksOf, type Transceivers } from './slots.ts';

/** What is to be sent, and how large its camera may be. */
export interface Wanted {
  readonly outgoing: Outgoing;
  readonly camera: CameraLimit;
}

/** Brings what is sent to what is wanted; the latest wins. `places`: none before something is negotiated. */
export function createSettling(places: () => Transceivers | undefined) {
  let wanted: Wanted | undefined;
  let isSettling = false;
  let isShared = false;
  let isOver = false;

  async function settle(): Promise<void> {
    const at = places();
    if (isSettling || !at) return;
    isSettling = true;
    let target: Wanted | undefined;
    do {
      target = wanted;
      // oxlint-disable-next-line no-await-in-loop -- until nothing new was wanted meanwhile
      if (target) await bringTo(at, target);
    } while (!isOver && target !== wanted);
    isSettling = false;
  }

  async function bringTo(at: Transceivers, { outgoing, camera }: Wanted): Promise<void> {
    const tracks = tracksOf(outgoing, camera);
    const changes = SLOTS.filter(({ name }) => at[name].sender.track !== tracks[name]);
    await Promise.allSettled(changes.map(({ name }) => at[name].sender.replaceTrack(tracks[name])));
    if (isShared) await setShares(at, outgoing, camera);
  }

  return {
    wanted: (): Wanted | undefined => wanted,
    want(next: Wanted): void {
      wanted = next;
      void settle();
    },
    settle,
    /** From now on each sender is told how much of the link it may take. */
    share(): void {
      isShared = true;
      if (!isOver) void settle();
    },
    end(): void {
      isOver = true;
    },
  };
}
