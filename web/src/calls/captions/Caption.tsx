import type { ReactNode } from 'react';
import styles from './Caption.module.css';
import { useCaptions } from './useCaptions.ts';

/** For the eyes of who hears little; a screen reader has the voices themselves. */
export function Caption(): ReactNode {
  const words = useCaptions();
  if (words === '') return null;
  return (
    <span className={styles['caption']} aria-hidden="true">
      {words}
    </span>
  );
}
