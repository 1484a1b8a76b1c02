import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { classes } from './classes.ts';

interface BannerProps {
  readonly kind?: 'info' | 'success' | 'warning' | 'danger';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Stands within a page instead of along its edge. */
  readonly isRounded?: boolean;
}

/** A sentence about the whole of what is below it. */
export function Banner({ kind = 'info', icon, children, action, isRounded = false }: BannerProps): ReactNode {
  return (
    <div
      className={classes(styles['banner'], styles[kind], isRounded && styles['rounded'])}
      role={kind === 'danger' ? 'alert' : 'status'}
    >
      {icon}
      <div className={styles['text']}>{children}</div>
      {action !== undefined && <div className={styles['action']}>{action}</div>}
    </div>
  );
}
