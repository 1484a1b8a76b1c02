import type { PeerMessage } from '@dialog/shared/calls.peers';
import type { Clock } from '../../platform/clock.ts';
import type { LocalMedia, LocalMediaState } from '../devices/local.media.ts';
import type { Present } from '../transport/media.transport.ts';
import type { FetchKind } from './own.peers.ts';

const STARTED_WITHIN_MS = 5_000;
const ON_ITS_WAY_MS = 700;

/** How one is in a call, wherever that is. */
type HandOver = Omit<HandOverMessage, 'kind'>;

type HandOverMessage = Extract<PeerMessage, { kind: 'handOver' }>;

type FetchMessage = Extract<PeerMessage, { kind: FetchKind }>;

interface Deps {
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
export function createOwnFetching({ tell, mine, takeOver, leave }: Deps) {
  let isFetching = false;
  let asked: ReadonlySet<string> = new Set();
  let myself: Present | undefined;
  let present: readonly Present[] = [];

  function isMine(identity: string): boolean {
    return present.some((one) => one.identity === identity && !one.isMe && one.userId === myself?.userId);
  }

  async function finish({ kind: _, ...state }: HandOverMessage, identity: string): Promise<void> {
    isFetching = false;
    await takeOver(state);
    tell({ kind: 'fetched' }, identity);
  }

  return {
    /** This device takes the call over. */
    begin(): void {
      isFetching = true;
    },
    meet(people: readonly Present[]): void {
      present = people;
      myself = people.find(({ isMe }) => isMe);
      if (!isFetching) return;
      for (const { identity } of people) {
        if (!isMine(identity) || asked.has(identity)) continue;
        asked = new Set([...asked, identity]);
        tell({ kind: 'fetch' }, identity);
      }
    },
    /** A new way knows nothing of what was asked on the one before. */
    startOver(): void {
      asked = new Set();
    },
    take(identity: string, message: FetchMessage): void {
      if (!isMine(identity)) return;
      if (message.kind === 'fetch') tell({ kind: 'handOver', ...mine() }, identity);
      else if (message.kind === 'fetched') leave();
      else if (isFetching) void finish(message, identity);
    },
  };
}

/** Until the devices that are wanted have started, and what they bring is on its way. */
export function startedIn({ media, clock }: { readonly media: Pick<LocalMedia, 'store'>; readonly clock: Clock }) {
  return new Promise<void>((resolve) => {
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

export function isFetchMessage(message: PeerMessage): message is FetchMessage {
  return message.kind === 'fetch' || message.kind === 'handOver' || message.kind === 'fetched';
}
