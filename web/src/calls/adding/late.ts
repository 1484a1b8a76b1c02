import { lazy } from '../../platform/late.ts';

/** Most calls of two stay calls of two. */
export const AddPeopleItem = lazy(async () => ({ default: (await import('./AddPeopleItem.tsx')).AddPeopleItem }));
export const AddPeopleDialog = lazy(async () => ({ default: (await import('./AddPeopleDialog.tsx')).AddPeopleDialog }));
export const LedNotice = lazy(async () => ({ default: (await import('./LedNotice.tsx')).LedNotice }));
