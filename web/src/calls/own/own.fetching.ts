import type { PeerMessage } from '@dialog/shared/calls.peers';
import type { Clock } from '../../platform/clock.ts';
import type { LocalMedia, LocalMediaState } from '../devices/local.media.ts';
import type { Participant, Present } from '../transport/media.transport.ts';
import type { FetchKind } from './own.peers.ts';

const AGAIN_MS = 1_000;
/** Whoever is not there by then has left the call, and comes back to it by a press of its own. */
const THERE_WITHIN_MS = 10_000;
const STARTED_WITHIN_MS = 5_000;
const ON_ITS_WAY_MS = 700;

/** How one is in a call, wherever that is. */
type HandOver = Omit<HandOverMessage, 'kind'>;

type Wanted = Omit<HandOver, 'hand'>;

type HandOverMessage = Extract<PeerMessage, { kind: 'handOver' }>;

type FetchMessage = Extract<PeerMessage, { kind: FetchKind }>;

interface Deps {
  readonly clock: Clock;
  readonly tell: (message: FetchMessage, to: string) => void;
  /** As I am in this call here. */
  readonly mine: () => HandOver;
  /** Brings me to the same here; resolves when that is done. */
  readonly takeOver: (state: HandOver) => Promise<void>;
  /** The call goes on on another device of mine. */
  readonly leave: () => void;
}

/**
 * A call goes from one of my devices to another: the new one comes in beside the old one, silent, asks how things stand,
 * does as the old one did, and only then lets it go. Which devices are mine is known by the path.
 */
export function createOwnFetching({ clock, tell, mine, takeOver, leave }: Deps) {
  /** Who is asked for the call, and who is told that it is here. */
  let isAsking = false;
  let askedUntil: number | null = null;
  let left: string | null = null;
  let isOver = false;
  let myself: Present | undefined;
  let present: readonly Present[] = [];
  let stopTimer: (() => void) | null = null;

  function isMine(identity: string): boolean {
    return present.some((one) => one.identity === identity && !one.isMe && one.userId === myself?.userId);
  }

  /** Said again until it has its effect: a device that is just coming hears nothing yet. */
  function say(): void {
    stopTimer = null;
    const others = present.filter(({ identity }) => (isAsking ? isMine(identity) : identity === left));
    for (const { identity } of others) tell(isAsking ? { kind: 'fetch' } : { kind: 'fetched' }, identity);
    if (others.length > 0) stopTimer = clock.after(AGAIN_MS, say);
  }

  async function finish({ kind: _, ...state }: HandOverMessage, identity: string): Promise<void> {
    isAsking = false;
    stopTimer?.();
    await takeOver(state);
    if (isOver) return;
    left = identity;
    say();
  }

  return {
    /** This device takes the call over. */
    begin(): void {
      isAsking = true;
    },
    meet(people: readonly Present[]): void {
      present = people;
      myself = people.find(({ isMe }) => isMe);
      if (!isAsking || stopTimer) return;
      askedUntil ??= clock.now() + THERE_WITHIN_MS;
      isAsking = clock.now() < askedUntil;
      if (isAsking) say();
    },
    end(): void {
      isOver = true;
      stopTimer?.();
    },
    take(identity: string, message: FetchMessage): void {
      if (!isMine(identity)) return;
      if (message.kind === 'fetch') tell({ kind: 'handOver', ...mine() }, identity);
      else if (message.kind === 'fetched') leave();
      else if (isAsking) void finish(message, identity);
    },
  };
}

export function wantedOf({ store }: Pick<LocalMedia, 'store'>): Wanted {
  const { microphone, camera } = store.getState();
  return { isMuted: !microphone.isWanted, isCameraOn: camera.isWanted };
}

interface Devices {
  readonly media: Pick<LocalMedia, 'store' | 'want'>;
  readonly clock: Clock;
}

/** Resolves when the devices that are wanted have started, and what they bring is on its way. */
export function bringTo({ media, clock }: Devices, { isMuted, isCameraOn }: Wanted): Promise<void> {
  // Muted but while the key is held, whatever the habit was over there.
  media.want('microphone', !isMuted && !media.store.getState().habits.isPushToTalk);
  media.want('camera', isCameraOn);
  return new Promise((resolve) => {
    const look = ({ microphone, camera }: LocalMediaState): void => {
      if (!microphone.isStarting && !camera.isStarting) done();
    };
    const stop = media.store.subscribe(look);
    const cancel = clock.after(STARTED_WITHIN_MS, done);
    function done(): void {
      stop();
      cancel();
      clock.after(ON_ITS_WAY_MS, resolve);
    }
    look(media.store.getState());
  });
}

/** Whether another device of mine shares a screen in this call. */
export function sharesElsewhere(people: readonly Pick<Participant, 'isMe' | 'userId' | 'share' | 'screen'>[]): boolean {
  const me = people.find(({ isMe }) => isMe)?.userId;
  return people.some((one) => !one.isMe && one.userId === me && (one.share ?? one.screen) !== null);
}

export function isFetchMessage(message: PeerMessage): message is FetchMessage {
  return message.kind === 'fetch' || message.kind === 'handOver' || message.kind === 'fetched';
}
