import { createLate } from '../platform/late.ts';

/** The parser; plain messages are shown without it. */
export const plainTextLate = createLate(() => import('./plainText.ts'));
