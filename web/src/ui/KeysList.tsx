import type { ReactNode } from 'react';
import { Keys } from './Keys.tsx';
import styles from './KeysList.module.css';

interface KeysListProps {
  readonly rows: readonly { readonly keys: string; readonly text: string }[];
}

/** What keys do, one line each. */
export function KeysList({ rows }: KeysListProps): ReactNode {
  return (
    <dl className={styles['list']}>
      {rows.map(({ keys, text }) => (
        <div key={text} className={styles['row']}>
          <dt>{text}</dt>
          <dd>
            <Keys keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
