/** Narrower than this a picture would be blown up across the card. */
const WIDE_FROM = 280;
/** Less wide than high times this, it would push the words far away. */
const WIDE_RATIO = 1.25;

/** Whether a picture lies across the card or stands small beside the words. */
export function shapeOf({ width, height }: { readonly width: number; readonly height: number }): 'wide' | 'small' {
  return width >= WIDE_FROM && width >= height * WIDE_RATIO ? 'wide' : 'small';
}
