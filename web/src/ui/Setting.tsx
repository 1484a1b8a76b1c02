import type { ReactNode } from 'react';
import styles from './Setting.module.css';

interface SettingProps {
  /** The name by which the search of the settings finds its place; letters only. */
  readonly anchor: string;
  readonly children: ReactNode;
}

/** One thing that can be set, within a section; it can be pointed out. */
export function Setting({ anchor, children }: SettingProps): ReactNode {
  return (
    <div className={styles['setting']} data-setting={anchor} tabIndex={-1}>
      {children}
    </div>
  );
}
