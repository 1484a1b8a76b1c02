import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../ui/toast.ts';
import { useActive } from '../useCalls.ts';

/** On every page: says that what I shared ended without a press here. */
export function ShareEnd(): null {
  const { t } = useTranslation('screens');
  const hasEnded = useActive(({ share }) => share.status === 'off' && share.hasEnded === true);
  useEffect(() => {
    if (hasEnded) toast(t('ended'));
  }, [hasEnded, t]);
  return null;
}
