import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { classes } from './classes.ts';

interface BadgeProps {
  readonly kind?: 'accent' | 'muted' | 'success';
  /** What it counts, for screen readers: "3 unread messages". */
  readonly label?: string;
  readonly children: ReactNode;
}

export function Badge({ kind = 'accent', label, children }: BadgeProps): ReactNode {
  return (
    <span className={classes(styles['badge'], styles[kind])}>
      <span aria-hidden={label === undefined ? undefined : true}>{children}</span>
      {label !== undefined && <span className="visually-hidden">{label}</span>}
    </span>
  );
}
