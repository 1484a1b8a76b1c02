import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeysList } from '../../ui/KeysList.tsx';
import { type CallAct, KEYS } from './callKeys.ts';

interface CallKeysHelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The list behind `?` in a call. */
export function CallKeysHelp({ isOpen, onClose }: CallKeysHelpProps): ReactNode {
  const { t } = useTranslation('stage');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('keys')} description={t('keysText')}>
      <KeysList rows={ORDER.map((act) => ({ keys: KEYS[act], text: t(`key_${act}`) }))} />
    </Dialog>
  );
}

const ORDER = Object.keys(KEYS).filter((act): act is CallAct => act in KEYS);
