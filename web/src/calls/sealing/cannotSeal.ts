/** This browser has no way to seal what it sends frame by frame. */
export class CannotSeal extends Error {
  override readonly name = 'CannotSeal';
}
