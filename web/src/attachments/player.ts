import { type Attachment, filePath } from '@dialog/shared/attachments';
import { AttachmentId, type ChatId, type UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Storage } from '../platform/storage.ts';

/** A sound in a chat. */
export interface Track {
  readonly attachment: Attachment;
  readonly chatId: ChatId;
  readonly senderId: UserId;
  /** Of its message; null while that waits to be sent. */
  readonly position: number | null;
}

export const RATES = [1, 1.5, 2] as const;
export type Rate = (typeof RATES)[number];

export interface PlayerState {
  readonly track: Track | null;
  readonly isPlaying: boolean;
  readonly timeMs: number;
  readonly rate: Rate;
  readonly hasFailed: boolean;
  /** Voice notes heard in this browser. */
  readonly heard: ReadonlySet<AttachmentId>;
}

export interface Player {
  readonly store: StoreApi<PlayerState>;
  /** From where it was left if it is the one that is on, else from there. */
  play(track: Track, fromMs?: number): void;
  pause(): void;
  seek(track: Track, toMs: number): void;
  nextRate(): void;
  /** Stops, and the bar goes. */
  close(): void;
  /** Who knows the messages says what comes after a voice note. */
  onEnded(next: (track: Track) => Track | undefined): void;
}

/**
 * Whether a voice note was heard stays in this browser: the contract has no place for it, and to whom else it would be
 * of use is a question of privacy that nobody has answered yet.
 */
const Kept = z.object({ rate: z.optional(z.enum(['1', '1.5', '2'])), heard: z.array(AttachmentId) });
const KEPT_AS = 'voice';
const HEARD_MAX = 2_000;

interface PlayerDeps {
  readonly storage: Storage;
  /** Where the page itself holds a file. */
  readonly localAddress: (id: AttachmentId) => string | undefined;
}

/** The one sound of the page. It is above the router, so that it goes on from chat to chat. */
export function createPlayer({ storage, localAddress }: PlayerDeps): Player {
  const store = createStore<PlayerState>(() => ({
    track: null,
    isPlaying: false,
    timeMs: 0,
    rate: 1,
    hasFailed: false,
    heard: new Set(),
  }));
  let findNext: (track: Track) => Track | undefined = () => undefined;
  let made: HTMLAudioElement | undefined;
  void restore().catch(() => undefined);

  return {
    store,
    play,
    pause: () => made?.pause(),
    seek(track, toMs) {
      if (isOn(track)) {
        audio().currentTime = toMs / 1_000;
        store.setState({ timeMs: toMs });
      } else play(track, toMs);
    },
    nextRate() {
      const rate = RATES[(RATES.indexOf(store.getState().rate) + 1) % RATES.length] ?? 1;
      store.setState({ rate });
      audio().playbackRate = rate;
      keep();
    },
    close() {
      made?.pause();
      made?.removeAttribute('src');
      store.setState({ track: null, isPlaying: false, timeMs: 0 });
    },
    onEnded(next) {
      findNext = next;
    },
  };

  function isOn({ attachment }: Track): boolean {
    return store.getState().track?.attachment.id === attachment.id;
  }

  function play(track: Track, fromMs = 0): void {
    const { id } = track.attachment;
    if (!isOn(track)) {
      audio().src = addressOf(track);
      if (fromMs > 0) audio().currentTime = fromMs / 1_000;
      store.setState({ track, timeMs: fromMs });
    }
    store.setState({ hasFailed: false });
    audio().defaultPlaybackRate = store.getState().rate;
    audio().playbackRate = store.getState().rate;
    markHeard(id);
    // Another track, or a pause, may come before it begins.
    void audio()
      .play()
      .catch(() => undefined);
  }

  /** What this browser does not play the server may have in another format. */
  function addressOf({ attachment: { id, kind, mime } }: Track): string {
    const local = localAddress(id);
    if (local !== undefined) return local;
    const isPlayable = kind !== 'voice' || audio().canPlayType(mime) !== '';
    return filePath(id, isPlayable ? 'original' : 'sound');
  }

  function audio(): HTMLAudioElement {
    made ??= listenedTo(new Audio());
    return made;
  }

  function listenedTo(element: HTMLAudioElement): HTMLAudioElement {
    element.addEventListener('play', () => store.setState({ isPlaying: true }));
    element.addEventListener('pause', () => store.setState({ isPlaying: false }));
    element.addEventListener('timeupdate', () => store.setState({ timeMs: Math.round(element.currentTime * 1_000) }));
    element.addEventListener('error', () => {
      if (element.hasAttribute('src')) store.setState({ isPlaying: false, hasFailed: true });
    });
    element.addEventListener('ended', ended);
    return element;
  }

  function ended(): void {
    const { track } = store.getState();
    const next = track && findNext(track);
    if (next) return play(next);
    // It stays in sight, at its beginning, to be heard again.
    audio().currentTime = 0;
    store.setState({ isPlaying: false, timeMs: 0 });
  }

  function markHeard(id: AttachmentId): void {
    const { heard } = store.getState();
    if (heard.has(id)) return;
    store.setState({ heard: new Set([...heard, id].slice(-HEARD_MAX)) });
    keep();
  }

  async function restore(): Promise<void> {
    const kept = await storage.get('settings', KEPT_AS, Kept);
    if (!kept) return;
    const rate = RATES.find((one) => `${one}` === kept.rate) ?? 1;
    store.setState(({ heard }) => ({ rate, heard: new Set([...kept.heard, ...heard]) }));
  }

  function keep(): void {
    const { rate, heard } = store.getState();
    void storage.put('settings', KEPT_AS, { rate: `${rate}`, heard: [...heard] }).catch(() => undefined);
  }
}
