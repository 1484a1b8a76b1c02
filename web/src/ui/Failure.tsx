import type { ReactNode } from 'react';
import styles from './Failure.module.css';

/** What went wrong, in words, where it went wrong; nothing while nothing did. */
export function Failure({ text }: { readonly text: string | undefined }): ReactNode {
  if (text === undefined) return null;
  return (
    <p className={styles['failure']} role="alert">
      {text}
    </p>
  );
}
