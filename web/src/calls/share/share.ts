import * as z from 'zod/mini';
import type { ShareMode } from '../transport/media.transport.ts';

export const SURFACES = ['monitor', 'window', 'browser'] as const;
/** What is shared: a whole screen, a window, or a tab of this browser. */
export type Surface = (typeof SURFACES)[number];

const Wish = z.object({
  surface: z.enum(SURFACES),
  mode: z.enum(['text', 'motion']),
  frameRate: z.union([z.literal(30), z.literal(60)]),
  hasSound: z.boolean(),
});
/** How one wants to share, before the browser asks what. */
export type ShareWish = Readonly<z.infer<typeof Wish>>;

export const FIRST_WISH: ShareWish = { surface: 'monitor', mode: 'text', frameRate: 30, hasSound: true };

export function readWish(kept: string | null): ShareWish {
  try {
    const known = z.safeParse(Wish, JSON.parse(kept ?? ''));
    return known.success ? known.data : FIRST_WISH;
  } catch {
    return FIRST_WISH;
  }
}

/** What I share, as my own page knows it. */
export interface OnShare extends Pick<ShareWish, 'mode' | 'frameRate'> {
  readonly status: 'on';
  /** Null where the browser does not say. */
  readonly surface: Surface | null;
  /** `none`: nothing of it can be heard unless it is picked again. */
  readonly sound: 'on' | 'off' | 'none';
  readonly isPaused: boolean;
  readonly takesPointers: boolean;
  /** The browser's picker is open for something else; this goes on until then. */
  readonly isSwitching: boolean;
}

export type Share =
  /** `hasEnded`: not by a press here. The browser has one of its own, and what was shared can be closed. */
  | { readonly status: 'off'; readonly hasFailed: boolean; readonly hasEnded?: boolean }
  /** How it is to be shared is being chosen. */
  | { readonly status: 'asking' }
  /** The browser's own picker is open. */
  | { readonly status: 'picking' }
  | OnShare;

/** What one does with one's share. */
export type ShareAct =
  | { readonly act: 'ask' }
  | { readonly act: 'dismiss' }
  | { readonly act: 'start'; readonly wish: ShareWish }
  | { readonly act: 'switch' }
  | { readonly act: 'pause'; readonly isPaused: boolean }
  | { readonly act: 'look'; readonly mode: ShareMode; readonly frameRate: ShareWish['frameRate'] }
  | { readonly act: 'sound'; readonly isOn: boolean }
  | { readonly act: 'pointers'; readonly isOn: boolean }
  | { readonly act: 'stop' };
