import { CalendarSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuItem } from '../ui/Menu.tsx';
import { useDesk } from './useDesk.ts';

/** In the menu of a chat: the way to what was said on a day. */
export function DateMenuItem(): ReactNode {
  const { t } = useTranslation('messages');
  const desk = useDesk();
  return (
    <MenuItem icon={<CalendarSearch />} onSelect={() => desk.setState({ dialog: { kind: 'date' } })}>
      {t('goToDate')}
    </MenuItem>
  );
}
