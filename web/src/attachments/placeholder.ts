import { thumbHashToDataURL } from 'thumbhash';

/** Decoding takes a fraction of a millisecond, but a scrolled list asks again and again. */
const decoded = new Map<string, string>();
const KEPT_MAX = 300;

/** A picture as a blur of a few colours, as the value of `background-image`. */
export function placeholderOf(thumbHash: string | undefined): string | undefined {
  if (thumbHash === undefined) return undefined;
  const known = decoded.get(thumbHash);
  if (known !== undefined) return known;
  const image = decode(thumbHash);
  if (decoded.size >= KEPT_MAX) decoded.clear();
  if (image !== undefined) decoded.set(thumbHash, image);
  return image;
}

function decode(thumbHash: string): string | undefined {
  try {
    return `url("${thumbHashToDataURL(Uint8Array.from(atob(thumbHash), (character) => character.charCodeAt(0)))}")`;
  } catch {
    return undefined; // Of a later version: the place stays grey.
  }
}
