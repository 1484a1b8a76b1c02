import type { ReactNode } from 'react';
import styles from './ScreenNote.module.css';

/** Words in place of a shared screen. */
export function ScreenNote({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles['note']}>{children}</div>;
}
