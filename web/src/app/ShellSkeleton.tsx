import type { ReactNode } from 'react';
import { Skeleton } from '../ui/Skeleton.tsx';
import shell from './Shell.module.css';
import styles from './ShellSkeleton.module.css';

const ROWS = ['62%', '48%', '70%', '40%', '58%', '66%', '44%'];

/** The shape of the app while it is loaded: what stands still does not flicker. */
export function ShellSkeleton(): ReactNode {
  return (
    <div className={shell['shell']} data-pane="list" aria-busy="true">
      <SidebarSkeleton />
      <div className={shell['main']} />
    </div>
  );
}

/** The chats, or the sections of the settings. */
export function SidebarSkeleton(): ReactNode {
  return (
    <div className={shell['sidebar']} aria-busy="true">
      <div className={shell['bar']}>
        <Skeleton width="36px" height="36px" isRound />
        <Skeleton width="96px" height="16px" />
      </div>
      <div className={styles['rows']}>
        {ROWS.map((width) => (
          <div key={width} className={styles['row']}>
            <Skeleton width="44px" height="44px" isRound />
            <div className={styles['words']}>
              <Skeleton width={width} height="13px" />
              <Skeleton width="86%" height="11px" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
