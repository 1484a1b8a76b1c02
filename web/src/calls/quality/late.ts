import { lazy } from 'react';

/** Numbers are for who asks for them. */
export const StatisticsDialog = lazy(async () => ({
  default: (await import('./StatisticsDialog.tsx')).StatisticsDialog,
}));
