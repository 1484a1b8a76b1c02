import { lazy } from '../../platform/late.ts';

/** In most calls nobody shares a screen: what that takes comes with the first one. */
export const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog.tsx')).ShareDialog }));
export const ShareBar = lazy(async () => ({ default: (await import('./ShareBar.tsx')).ShareBar }));
export const ShareInBar = lazy(async () => ({ default: (await import('./ShareBar.tsx')).ShareInBar }));
export const ScreenPicture = lazy(async () => ({ default: (await import('./ScreenPicture.tsx')).ScreenPicture }));
