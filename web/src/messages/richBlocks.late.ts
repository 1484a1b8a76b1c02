import { createLate } from '../platform/late.ts';

/** All that shows marks, lists and code; plain messages are shown without it. */
export const richBlocksLate = createLate(() => import('./RichBlocks.tsx'));
