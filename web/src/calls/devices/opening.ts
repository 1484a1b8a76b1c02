import type { SourceKind } from './local.media.ts';

const CAMERA_SIZE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

export type Facing = 'user' | 'environment';

interface Wish {
  readonly isNoiseReduced: boolean;
  readonly device?: ConstrainDOMString | undefined;
  readonly facing?: Facing;
}

/** What to ask the browser for. Our own noise suppression takes the place of the browser's: both in a row eat words. */
export function constraintsOf(kind: SourceKind, { isNoiseReduced, device, facing }: Wish): MediaStreamConstraints {
  const which = {
    ...(device === undefined ? {} : { deviceId: device }),
    ...(facing === undefined ? {} : { facingMode: { exact: facing } }),
  };
  if (kind === 'camera') return { video: { ...CAMERA_SIZE, ...which } };
  return { audio: { ...soundOf(isNoiseReduced), ...which } };
}

export function soundOf(isNoiseReduced: boolean): MediaTrackConstraints {
  return { echoCancellation: true, noiseSuppression: !isNoiseReduced, autoGainControl: true };
}

/** The other side of a phone's camera; null where cameras have no sides. */
export function otherSide(track: MediaStreamTrack | null): Facing | null {
  const side = track?.getSettings().facingMode;
  if (side === 'user') return 'environment';
  return side === 'environment' ? 'user' : null;
}
