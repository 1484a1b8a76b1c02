import type { PeerState } from '@dialog/shared/calls.peers';
import type { ScreenTracks } from '../transport/media.transport.ts';
import type { PickedScreen, PickScreen } from './pickScreen.ts';
import { FIRST_WISH, type OnShare, type Share, type ShareAct, type ShareWish } from './share.ts';
import type { HoldStill, Still } from './still.ts';

interface Deps {
  readonly pick: PickScreen;
  readonly hold: HoldStill;
  readonly isInCall: () => boolean;
  readonly changed: (share: Share) => void;
  /** The others learn what they see. */
  readonly tell: (share: PeerState['share']) => void;
}

const OFF = { status: 'off', hasFailed: false } as const satisfies Share;

/** The screen that I share, from the choice of how to the end of its tracks. Its owner brings the transports to it. */
export function createOwnShare({ pick, hold, isInCall, changed, tell }: Deps) {
  let share: Share = OFF;
  let screen: PickedScreen | null = null;
  let still: Still | null = null;
  let wish: ShareWish = FIRST_WISH;
  let told: PeerState['share'] = null;

  function set(next: Share): void {
    share = next;
    tellOthers(next.status === 'on' ? { isPaused: next.isPaused, takesPointers: next.takesPointers } : null);
    changed(next);
  }

  function tellOthers(next: PeerState['share']): void {
    if (next?.isPaused === told?.isPaused && next?.takesPointers === told?.takesPointers) return;
    told = next;
    tell(next);
  }

  function change(part: Partial<OnShare>): void {
    if (share.status === 'on') set({ ...share, ...part });
  }

  function letGo(): void {
    for (const track of [screen?.video, screen?.sound]) track?.stop();
    screen = null;
    endStill();
  }

  function endStill(): void {
    still?.stop();
    still = null;
  }

  function stop(): void {
    letGo();
    set(OFF);
  }

  function lose(): void {
    letGo();
    set({ ...OFF, hasEnded: true });
  }

  async function start(next: ShareWish): Promise<void> {
    const before = share.status === 'on' ? share : null;
    if (before?.isSwitching || share.status === 'picking') return;
    set(before ? { ...before, isSwitching: true } : { status: 'picking' });
    try {
      take(await pick(next), next);
    } catch (failure) {
      // Whoever closes the browser's own picker has only changed their mind.
      const hasFailed = !(failure instanceof Error && failure.name === 'NotAllowedError');
      if (screen) change({ isSwitching: false });
      else set({ status: 'off', hasFailed });
    }
  }

  function take(picked: PickedScreen, next: ShareWish): void {
    if (!isInCall()) {
      for (const track of [picked.video, picked.sound]) track?.stop();
      return;
    }
    const takesPointers = share.status === 'on' ? share.takesPointers : true;
    letGo();
    screen = picked;
    wish = next;
    picked.video.addEventListener('ended', () => screen === picked && lose());
    picked.sound?.addEventListener('ended', () => screen === picked && change({ sound: 'none' }));
    set({
      status: 'on',
      mode: next.mode,
      frameRate: next.frameRate,
      surface: picked.surface,
      sound: picked.sound ? 'on' : 'none',
      isPaused: false,
      takesPointers,
      isSwitching: false,
    });
  }

  /** From now on a still leaves this device in place of the screen: whoever comes later sees it too. */
  async function pause(): Promise<void> {
    const paused = screen;
    if (!paused || still) return;
    const held = await hold(paused.video).catch(() => null);
    if (screen !== paused) return held?.stop();
    // No still to be had: then nothing at all.
    if (!held) return stop();
    if (still) return held.stop();
    still = held;
    change({ isPaused: true });
  }

  function resume(): void {
    endStill();
    change({ isPaused: false });
  }

  function look({ mode, frameRate }: Pick<ShareWish, 'mode' | 'frameRate'>): void {
    wish = { ...wish, mode, frameRate };
    if (screen) void pick.aim(screen.video, wish);
    change({ mode, frameRate });
  }

  function hear(isOn: boolean): void {
    if (share.status !== 'on') return;
    if (share.sound === 'none') void (isOn && start({ ...wish, hasSound: true }));
    else change({ sound: isOn ? 'on' : 'off' });
  }

  function begin(what: ShareAct): void {
    if (what.act === 'ask' && share.status === 'off') set({ status: 'asking' });
    if (what.act === 'dismiss' && share.status === 'asking') set(OFF);
    if (what.act === 'start') void start(what.wish);
    if (what.act === 'switch') void start(wish);
  }

  function goOn(what: ShareAct): void {
    if (what.act === 'pause') void (what.isPaused ? pause() : resume());
    if (what.act === 'look') look(what);
    if (what.act === 'sound') hear(what.isOn);
    if (what.act === 'pointers') change({ takesPointers: what.isOn });
    if (what.act === 'stop') stop();
  }

  return {
    tracks(): ScreenTracks | null {
      if (!screen || share.status !== 'on') return null;
      const { mode, frameRate, sound, isPaused } = share;
      const isHeard = sound === 'on' && !isPaused;
      return { video: still?.track ?? screen.video, sound: isHeard ? screen.sound : null, mode, frameRate };
    },
    stop,
    /** The call is over. */
    end(): void {
      letGo();
      share = OFF;
      told = null;
    },
    do(what: ShareAct): void {
      begin(what);
      goOn(what);
    },
  };
}
