import { Activity } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { StatisticsDialog } from './StatisticsDialog.tsx';

export function StatisticsButton(): ReactNode {
  const { t } = useTranslation('calls');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t('statistics-title')} onClick={() => setOpen(true)}>
        <Activity />
      </IconButton>
      <StatisticsDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
