import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import { EffectsChoice } from '../effects/EffectsChoice.tsx';
import { DeviceChoice } from './DeviceChoice.tsx';
import { DeviceProblems } from './DeviceProblems.tsx';
import styles from './DevicesDialog.module.css';
import { HabitsChoice } from './HabitsChoice.tsx';

interface DevicesDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** In the call: which devices, what becomes of sound and picture before they leave, and one's habits. */
export function DevicesDialog({ isOpen, onClose }: DevicesDialogProps): ReactNode {
  const { t } = useTranslation('calls');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('devices')}>
      <div className={styles['devices']}>
        <DeviceProblems />
        <DeviceChoice />
        <EffectsChoice />
        <HabitsChoice />
      </div>
    </Dialog>
  );
}
