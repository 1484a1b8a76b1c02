import { vi } from 'vitest';
import type { Recognition, RecognitionMaker } from './recogniser.ts';

/** A browser whose recogniser the test speaks for. */
export function aBrowser(answer: string | Error) {
  const made: FakeRecognition[] = [];
  class FakeRecognition implements Recognition {
    static available = (): Promise<string> =>
      answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    lang = '';
    continuous = false;
    interimResults = false;
    onresult: Recognition['onresult'] = null;
    onend: Recognition['onend'] = null;
    starts = 0;
    isAborted = false;
    constructor() {
      made.push(this);
    }
    get processLocally(): boolean {
      return this.isLocal;
    }
    set processLocally(is: boolean) {
      this.isLocal = is;
    }
    isLocal = false;
    start(): void {
      this.starts += 1;
    }
    abort(): void {
      this.isAborted = true;
      this.onend?.();
    }
    /** All that it has understood since it began; the last of it may still change. */
    hear(...words: string[]): void {
      this.onresult?.({ results: words.map((transcript) => [{ transcript }]) });
    }
  }
  return { maker: FakeRecognition as RecognitionMaker, made };
}

class FakeStream {
  readonly of: string;
  constructor(of: string) {
    this.of = of;
  }
  getAudioTracks(): readonly object[] {
    return [{}];
  }
}

/** Plays one sound. */
export interface FakePlayer {
  srcObject: FakeStream;
  muted: boolean;
  volume: number;
  paused: boolean;
}

/** A page with players in it, and what is taken of them to be written down. */
export function aPage() {
  const players = new Set<FakePlayer>();
  const mixed: FakeStream[] = [];
  let isClosed = false;
  let look = (): void => {};
  const page = Object.assign(new EventTarget(), { body: {}, querySelectorAll: () => [...players] });
  const track = { readyState: 'live' };

  vi.stubGlobal('document', page);
  vi.stubGlobal('MediaStream', FakeStream);
  vi.stubGlobal(
    'MutationObserver',
    class {
      constructor(told: () => void) {
        look = told;
      }
      observe(): void {}
      disconnect(): void {
        look = () => {};
      }
    },
  );
  vi.stubGlobal(
    'AudioContext',
    class {
      createMediaStreamDestination = () => ({ stream: { getAudioTracks: () => [track] } });
      createMediaStreamSource = (stream: FakeStream) => ({
        connect: () => void mixed.push(stream),
        disconnect: () => void mixed.splice(mixed.indexOf(stream), 1),
      });
      async close(): Promise<void> {
        isClosed = true;
        mixed.length = 0;
      }
    },
  );

  return {
    come(of: string, how: Partial<FakePlayer> = {}): FakePlayer {
      const player = { srcObject: new FakeStream(of), muted: false, volume: 1, paused: false, ...how };
      players.add(player);
      look();
      return player;
    },
    go(player: FakePlayer): void {
      players.delete(player);
      look();
    },
    /** Told as browsers tell it. */
    change(player: FakePlayer, how: Partial<FakePlayer>): void {
      Object.assign(player, how);
      page.dispatchEvent(new Event('paused' in how ? (how.paused ? 'pause' : 'play') : 'volumechange'));
    },
    /** Whose sound is taken. */
    taken: () => mixed.map(({ of }) => of),
    isClosed: () => isClosed,
    stream: (of: string) => new FakeStream(of),
  };
}
