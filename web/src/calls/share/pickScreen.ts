import { screenEncoding } from '../transport/screenEncoding.ts';
import { SURFACES, type ShareWish, type Surface } from './share.ts';

export interface PickedScreen {
  readonly video: MediaStreamTrack;
  readonly sound: MediaStreamTrack | null;
  readonly surface: Surface | null;
}

export interface PickScreen {
  /** Opens the browser's picker. Rejects with what getDisplayMedia says. */
  (wish: ShareWish): Promise<PickedScreen>;
  /** Readies a track for how it is to be seen. */
  aim(video: MediaStreamTrack, wish: Pick<ShareWish, 'mode' | 'frameRate'>): Promise<void>;
}

/** What the types of TypeScript do not know yet (W3C's screen capture, 2025). Browsers pass over what they do not know. */
interface Options extends DisplayMediaStreamOptions {
  readonly selfBrowserSurface: 'exclude';
  readonly surfaceSwitching: 'include';
  readonly systemAudio: 'include' | 'exclude';
  readonly windowAudio: 'window' | 'exclude';
}

/**
 * While a text does not move, its track gives this many frames a second all the same: the encoder makes it sharper with
 * each, and whoever joins has one to begin with. Chromium's own measure is one.
 */
const STILL_FRAMES = 5;

/** @param mediaDevices is missing on pages without TLS. */
export function createPickScreen(mediaDevices: MediaDevices | undefined): PickScreen {
  async function pick(wish: ShareWish): Promise<PickedScreen> {
    if (!mediaDevices) throw Object.assign(new Error('no TLS'), { name: 'InsecureContextError' });
    const stream = await mediaDevices.getDisplayMedia(optionsFor(wish, keepsOwnSoundOut(mediaDevices)));
    const [video] = stream.getVideoTracks();
    if (!video) throw Object.assign(new Error('no picture'), { name: 'NotFoundError' });
    await aim(video, wish);
    const { displaySurface } = video.getSettings();
    return {
      video,
      sound: stream.getAudioTracks()[0] ?? null,
      surface: SURFACES.find((surface) => surface === displaySurface) ?? null,
    };
  }
  return Object.assign(pick, { aim });
}

async function aim(video: MediaStreamTrack, wish: Pick<ShareWish, 'mode' | 'frameRate'>): Promise<void> {
  const { hint, maxFramerate } = screenEncoding(wish);
  video.contentHint = hint;
  const frameRate = hint === 'text' ? { min: STILL_FRAMES, max: maxFramerate } : { max: maxFramerate };
  await video.applyConstraints({ frameRate }).catch(() => {}); // As many as the browser likes, then.
}

/** Whether the browser can leave out of the system's sound what this page plays: the voices of the call. */
function keepsOwnSoundOut(mediaDevices: MediaDevices): boolean {
  return 'restrictOwnAudio' in mediaDevices.getSupportedConstraints();
}

/** This tab is never offered: it would show itself in itself, and send the voices of the call back to who speaks. */
function optionsFor(wish: ShareWish, isOwnSoundOut: boolean): Options {
  // Music and films are no speech. What is shared goes on sounding here: who presents it hears it too.
  const sound = {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    suppressLocalAudioPlayback: false,
    restrictOwnAudio: true,
  };
  return {
    video: { displaySurface: wish.surface, frameRate: { max: screenEncoding(wish).maxFramerate } },
    audio: wish.hasSound ? sound : false,
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    systemAudio: wish.hasSound && isOwnSoundOut ? 'include' : 'exclude',
    windowAudio: wish.hasSound ? 'window' : 'exclude',
  };
}
