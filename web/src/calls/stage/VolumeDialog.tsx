import { Volume1, Volume2, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import type { Participant } from '../transport/media.transport.ts';
import { useCalls } from '../useCalls.ts';
import styles from './VolumeDialog.module.css';

const STEP = 0.05;

interface VolumeDialogProps {
  readonly participant: Participant;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** How loud I alone hear someone. */
export function VolumeDialog({ participant: { userId, name }, isOpen, onClose }: VolumeDialogProps): ReactNode {
  const { t, i18n } = useTranslation('stage');
  const { volumes } = useCalls().own;
  const volume = useStore(volumes.store, (all) => all.get(userId) ?? 1);
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(volume);
  const Icon = volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('volumeOf', { name })} description={t('volumeText')}>
      <div className={styles['row']}>
        <IconButton
          label={t(volume === 0 ? 'hearAgain' : 'hearNot', { name })}
          hasTooltip={false}
          onClick={() => volumes.set(userId, volume === 0 ? 1 : 0)}
        >
          <Icon />
        </IconButton>
        <input
          type="range"
          className={styles['range']}
          min={0}
          max={1}
          step={STEP}
          value={volume}
          aria-label={t('volumeOf', { name })}
          aria-valuetext={percent}
          onChange={({ target }) => volumes.set(userId, Number(target.value))}
        />
        <output className={styles['percent']}>{percent}</output>
      </div>
    </Dialog>
  );
}
