import { UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuItem, MenuSeparator } from '../../ui/Menu.tsx';

export function AddPeopleItem({ onSelect }: { readonly onSelect: () => void }): ReactNode {
  const { t } = useTranslation('lobby');
  return (
    <>
      <MenuItem icon={<UserPlus />} onSelect={onSelect}>
        {t('add-people')}
      </MenuItem>
      <MenuSeparator />
    </>
  );
}
