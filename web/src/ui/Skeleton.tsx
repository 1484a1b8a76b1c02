import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Skeleton.module.css';

interface SkeletonProps {
  /** CSS lengths. */
  readonly width?: string;
  readonly height?: string;
  readonly isRound?: boolean;
}

/** The shape of what comes. Decoration: mark the place that fills with `aria-busy`. */
export function Skeleton({ width = '100%', height = '14px', isRound = false }: SkeletonProps): ReactNode {
  const style = { '--skeleton-width': width, '--skeleton-height': height };
  return <span className={classes(styles['skeleton'], isRound && styles['round'])} style={style} aria-hidden="true" />;
}
