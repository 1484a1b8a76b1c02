/** By their first bytes: what somebody calls a picture does not decide what reads it. A drawing (SVG) is none of them. */
const BEGINNINGS: readonly (readonly [string, RegExp])[] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['image/avif', /^[^]{4}ftypavi[fs]/],
];

export function pictureTypeOf(original: Buffer): string | undefined {
  const start = original.subarray(0, 16).toString('latin1');
  return BEGINNINGS.find(([, beginning]) => beginning.test(start))?.[0];
}
