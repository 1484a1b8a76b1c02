import type { Surface } from './share.ts';

/** Phones have no way to share their screen from a page. */
export function canShareScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** Whether sound can go along, as far as one can know before the browser asks. */
export type SoundHope = 'tab' | 'system' | 'perhaps' | 'never';

interface Browser {
  /** Chromium's kin alone offer a box for the sound. */
  readonly isChromium: boolean;
  /** As `navigator.userAgentData` has it. */
  readonly platform: string;
  /** Whether it can leave out the voices of the call; without that, the system's sound would send them back. */
  readonly keepsOwnSoundOut: boolean;
}

const PLATFORMS_WITH_SOUND = new Set(['Windows', 'Chrome OS', 'ChromeOS']);

export function soundHope(surface: Surface, { isChromium, platform, keepsOwnSoundOut }: Browser): SoundHope {
  if (!isChromium) return 'never';
  if (surface === 'browser') return 'tab';
  if (!keepsOwnSoundOut) return 'never';
  if (surface === 'monitor' && PLATFORMS_WITH_SOUND.has(platform)) return 'system';
  return platform === 'Linux' ? 'never' : 'perhaps';
}

export function thisBrowser(): Browser {
  const supported = navigator.mediaDevices?.getSupportedConstraints() ?? {};
  return {
    isChromium: 'userAgentData' in navigator,
    platform: platformName(),
    keepsOwnSoundOut: 'restrictOwnAudio' in supported,
  };
}

function platformName(): string {
  const known: unknown = Reflect.get(navigator, 'userAgentData');
  return typeof known === 'object' && known !== null && 'platform' in known ? String(known.platform) : '';
}

/** Whether the browser's picker begins with what one asks for; otherwise the question would be idle. */
export function canPreferSurface(): boolean {
  return 'displaySurface' in (navigator.mediaDevices?.getSupportedConstraints() ?? {}) && 'userAgentData' in navigator;
}
