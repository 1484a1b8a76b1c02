import type { LocalMedia } from './local.media.ts';

/** A device that failed is tried again; one that works changes sides. */
export function toggleDevice(media: LocalMedia, kind: 'microphone' | 'camera'): void {
  const { isWanted, problem } = media.store.getState()[kind];
  media.want(kind, problem !== null || !isWanted);
}
