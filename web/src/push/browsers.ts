/** Whose settings somebody has to open. */
export type BrowserKind = 'android' | 'chrome' | 'edge' | 'firefox' | 'ios' | 'safari' | 'unknown';

interface Visitor {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
}

/** In this order: many name the others too. */
const SIGNS: readonly (readonly [BrowserKind, RegExp])[] = [
  ['ios', /iPhone|iPad|iPod/],
  ['firefox', /Firefox\//],
  ['android', /Android/],
  ['edge', /Edg\//],
  ['chrome', /Chrome\//],
  ['safari', /Safari\//],
];

export function browserOf({ userAgent, maxTouchPoints }: Visitor): BrowserKind {
  // An iPad says that it is a Mac; no Mac has a screen to touch.
  if (/Macintosh/.test(userAgent) && maxTouchPoints > 1) return 'ios';
  return SIGNS.find(([, sign]) => sign.test(userAgent))?.[0] ?? 'unknown';
}

/** Opened from the home screen or as an app, not in a tab. */
export function isInstalled(): boolean {
  return (
    matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)
  );
}
