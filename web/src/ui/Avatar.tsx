import type { ReactNode } from 'react';
import styles from './Avatar.module.css';
import { classes } from './classes.ts';
import { hueOf, initialsOf } from './initials.ts';

interface AvatarProps {
  readonly name: string;
  /** Whose: gives each person and chat a colour that stays. */
  readonly id: string;
  /** Pixels. */
  readonly size?: number;
  readonly isOnline?: boolean;
  readonly isGroup?: boolean;
  /** Drawn instead of letters. */
  readonly sign?: ReactNode;
}

/** Decoration beside a name; where it stands alone, label what surrounds it. */
export function Avatar({ name, id, size = 40, isOnline = false, isGroup = false, sign }: AvatarProps): ReactNode {
  const look = classes(
    styles['avatar'],
    styles[`hue${hueOf(id)}`],
    isOnline && styles['online'],
    isGroup && styles['group'],
  );
  return (
    <span
      className={look}
      style={{ '--avatar-size': `${size}px` }}
      // Drawn and not written: letters that nobody says, copies or finds.
      data-initials={sign === undefined ? initialsOf(name) : ''}
      aria-hidden="true"
    >
      {sign}
    </span>
  );
}
