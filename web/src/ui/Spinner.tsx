import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Spinner.module.css';

/** Decoration: say in words (or `aria-busy`) what is waited for. */
export function Spinner({ size = 'm' }: { readonly size?: 'm' | 'l' }): ReactNode {
  return <span className={classes(styles['spinner'], size === 'l' && styles['large'])} aria-hidden="true" />;
}
