import type { Share } from '../call.store.ts';
import type { LocalMedia } from '../devices/local.media.ts';
import type { ScreenTracks, ShareMode } from '../transport/media.transport.ts';

interface Deps {
  readonly media: Pick<LocalMedia, 'pickScreen'>;
  readonly isInCall: () => boolean;
  readonly changed: (share: Share) => void;
}

/** The screen that I share, from the browser's picker to the end of its tracks. */
export function createOwnShare({ media, isInCall, changed }: Deps) {
  let screen: ScreenTracks | null = null;

  function stopTracks(): void {
    for (const track of [screen?.video, screen?.sound]) track?.stop();
    screen = null;
  }

  function stop(): void {
    stopTracks();
    changed({ status: 'off', hasFailed: false });
  }

  return {
    tracks: () => screen,
    stop,
    /** The call is over. */
    end: stopTracks,

    async pick(mode: ShareMode): Promise<void> {
      changed({ status: 'picking' });
      try {
        const picked = await media.pickScreen(mode);
        if (!isInCall()) return picked.video.stop();
        stopTracks();
        screen = picked;
        // The browser has a button of its own to stop it, and a shared window can be closed.
        picked.video.addEventListener('ended', () => screen === picked && stop());
        changed({ status: 'on', mode, hasSound: picked.sound !== null });
      } catch (failure) {
        // Whoever closes the browser's own picker has only changed their mind.
        const hasFailed = !(failure instanceof Error && failure.name === 'NotAllowedError');
        changed({ status: 'off', hasFailed });
      }
    },
  };
}
