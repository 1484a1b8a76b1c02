import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './LevelMeter.module.css';

interface LevelMeterProps {
  /** What is measured. */
  readonly label: string;
  /** From 0 to 1. */
  readonly level: number;
  readonly segments?: number;
  readonly kind?: 'accent' | 'danger' | 'warning' | 'success';
}

/** A row of segments, lit up to a level: a microphone's loudness, a password's strength. */
export function LevelMeter({ label, level, segments = 20, kind = 'accent' }: LevelMeterProps): ReactNode {
  const lit = Math.round(Math.min(1, Math.max(0, level)) * segments);
  return (
    <div>
      <meter className="visually-hidden" aria-label={label} min={0} max={segments} value={lit} />
      <div className={classes(styles['meter'], styles[kind])} aria-hidden="true">
        {Array.from({ length: segments }, (_, index) => (
          <span key={index} className={classes(styles['segment'], index < lit && styles['on'])} />
        ))}
      </div>
    </div>
  );
}
