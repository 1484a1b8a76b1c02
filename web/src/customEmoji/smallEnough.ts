import { SMALL_PICTURE_BYTES_MAX } from '@dialog/shared/contract/smallPictures';

/** Larger than it will be shown, so that what the server makes of it is sharp. */
const SENT_SIDE = 256;

/**
 * A picture as it can go up: as it is where that fits, so that what moves goes on moving; else drawn smaller. Undefined
 * when it cannot be opened, or moves and is too large.
 */
export async function smallEnough(file: File): Promise<Blob | undefined> {
  if (file.size <= SMALL_PICTURE_BYTES_MAX) return file;
  if (file.type === 'image/gif') return undefined;
  const picture = await createImageBitmap(file).catch(() => undefined);
  return picture && (await drawn(picture));
}

async function drawn(picture: ImageBitmap): Promise<Blob | undefined> {
  const scale = Math.min(1, SENT_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { promise, resolve } = Promise.withResolvers<Blob | undefined>();
  // PNG: what is transparent stays so.
  canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png');
  return promise;
}
