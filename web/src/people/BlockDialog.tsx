import type { User } from '@dialog/shared/users';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { People } from './people.ts';

interface BlockDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly user: User;
  readonly people: People;
}

/** Says what a block does before it is made. */
export function BlockDialog({ isOpen, onClose, user, people }: BlockDialogProps): ReactNode {
  const { t } = useTranslation('people');
  const errorText = useErrorText();
  const name = user.displayName;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('blockTitle', { name })}
      text={t('blockText', { name })}
      confirmLabel={t('block')}
      isDanger
      onConfirm={() => people.block(user.id)}
      errorText={errorText}
    />
  );
}
