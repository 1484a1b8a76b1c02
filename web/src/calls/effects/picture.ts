import { keep, kept } from '../../platform/keepsakes.ts';

/** Larger than most cameras' pictures is never seen. */
const WIDTH_MAX = 1280;
const QUALITY = 0.82;

/** The picture that stands behind one, as an address; it stays on this device. */
export function ownPicture(): string | null {
  return kept('call-picture');
}

/** @throws Error for what is no picture. */
export async function chooseOwnPicture(file: Blob): Promise<void> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, WIDTH_MAX / picture.width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  keep('call-picture', canvas.toDataURL('image/jpeg', QUALITY));
}
