import * as z from 'zod/mini';

/** In bytes: so much fits into a request beside all else that it says. */
export const SMALL_PICTURE_BYTES_MAX = 720_000;

/**
 * A picture that travels within an act, as base64: JPEG, PNG, GIF, WebP or AVIF. What it is, its bytes say; nobody is
 * shown any of them, only what the server made anew.
 */
export const SmallPicture = z
  .string()
  .check(z.minLength(4), z.maxLength(SMALL_PICTURE_BYTES_MAX * (4 / 3)), z.regex(/^[A-Za-z0-9+/]+={0,2}$/));
