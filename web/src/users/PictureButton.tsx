import { Camera } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../ui/classes.ts';
import styles from './PictureButton.module.css';

interface PictureButtonProps {
  readonly label: string;
  readonly isRound?: boolean;
  /** Another picture can be chosen by it. */
  readonly isChangeable?: boolean;
  readonly onClick: () => void;
  /** The picture. */
  readonly children: ReactNode;
}

/** A picture of somebody, or of a group, that is pressed. */
export function PictureButton(props: PictureButtonProps): ReactNode {
  const { label, isRound = false, isChangeable = false, onClick, children } = props;
  return (
    <button
      type="button"
      className={classes(styles['button'], isRound && styles['round'])}
      aria-label={label}
      onClick={onClick}
    >
      {children}
      {isChangeable && (
        <span className={styles['camera']} aria-hidden="true">
          <Camera />
        </span>
      )}
    </button>
  );
}
