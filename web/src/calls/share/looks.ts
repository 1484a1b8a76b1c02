import type { ShareWish } from './share.ts';

type Look = Pick<ShareWish, 'mode' | 'frameRate'>;

/** What one chooses between when it comes to how a screen is seen. */
export const LOOKS = [
  { value: 'text', mode: 'text', frameRate: 30 },
  { value: 'motion30', mode: 'motion', frameRate: 30 },
  { value: 'motion60', mode: 'motion', frameRate: 60 },
] as const satisfies readonly (Look & { readonly value: string })[];

export function lookOf({ mode, frameRate }: Look): (typeof LOOKS)[number]['value'] {
  if (mode === 'text') return 'text';
  return frameRate === 60 ? 'motion60' : 'motion30';
}
