import { lazy } from '../../platform/late.ts';

/** Most people in most calls keep no order: its parts come with the first need of them. */
export const OrderNotes = lazy(async () => ({ default: (await import('./OrderNotes.tsx')).OrderNotes }));
export const PersonOrder = lazy(async () => ({ default: (await import('./PersonOrder.tsx')).PersonOrder }));
export const RemoveDialog = lazy(async () => ({ default: (await import('./PersonOrder.tsx')).RemoveDialog }));
export const WholeOrder = lazy(async () => ({ default: (await import('./WholeOrder.tsx')).WholeOrder }));
export const EndDialog = lazy(async () => ({ default: (await import('./WholeOrder.tsx')).EndDialog }));
