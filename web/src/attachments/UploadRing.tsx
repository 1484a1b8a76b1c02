import type { AttachmentId } from '@dialog/shared/contract/values';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { classes } from '../ui/classes.ts';
import { useAttachments } from './useAttachments.ts';
import styles from './UploadRing.module.css';

interface UploadRingProps {
  readonly id: AttachmentId;
  /** Where a picture would be covered, it covers; in a row it stands. */
  readonly isInRow?: boolean;
}

const RADIUS = 20;
const AROUND = 2 * Math.PI * RADIUS;
const SEEN_WHILE_WAITING = 0.2;
const SEEN_AT_LEAST = 0.03;

/** How far a file got on its way up. A press gives up the message; only this renders again while bytes go. */
export function UploadRing({ id, isInRow = false }: UploadRingProps): ReactNode {
  const { t } = useTranslation('attachments');
  const share = useStore(useAttachments().uploads.progress, (shares) => shares.get(id));
  return (
    <span className={classes(styles['ring'], isInRow && styles['inRow'])}>
      <svg viewBox="0 0 48 48" className={classes(styles['circle'], share === undefined && styles['waiting'])}>
        <circle className={styles['track']} cx="24" cy="24" r={RADIUS} />
        <circle
          className={styles['share']}
          cx="24"
          cy="24"
          r={RADIUS}
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - Math.max(share ?? SEEN_WHILE_WAITING, SEEN_AT_LEAST))}
        />
      </svg>
      <progress className="visually-hidden" aria-label={t('uploading')} max={1} value={share} />
      <button type="button" className={styles['cancel']} aria-label={t('cancelUpload')} data-act="withdraw">
        <X aria-hidden="true" />
      </button>
    </span>
  );
}
