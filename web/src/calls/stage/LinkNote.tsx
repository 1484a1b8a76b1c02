import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { useActive } from '../useCalls.ts';

/** That the call is not there yet, or for a moment no longer. */
export function LinkNote(): ReactNode {
  const { t } = useTranslation('calls');
  const link = useActive((call) => call.link);
  if (link === 'up') return null;
  return (
    <Banner isRounded kind={link === 'lost' ? 'warning' : 'info'}>
      {t(link === 'lost' ? 'reconnecting' : 'connecting')}
    </Banner>
  );
}
