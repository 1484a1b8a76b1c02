import type { ReactNode } from 'react';
import styles from './Keys.module.css';

/** A key combination, as `Ctrl+K`. */
export function Keys({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className={styles['keys']} dir="ltr">
      {keys.split('+').map((key) => (
        <kbd key={key} className={styles['key']}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
