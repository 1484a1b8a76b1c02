import { lazy } from '../../platform/late.ts';

/** Numbers are for who asks for them. */
export const StatisticsDialog = lazy(async () => ({
  default: (await import('./StatisticsDialog.tsx')).StatisticsDialog,
}));
