import { Link2Off } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './Door.module.css';
import { EmptyState } from './EmptyState.tsx';
import { Failure } from './Failure.tsx';
import { Skeleton } from './Skeleton.tsx';

interface LeaveProps {
  readonly leaveLabel: string;
  readonly onLeave: () => void;
}

interface DoorProps extends LeaveProps {
  readonly picture: ReactNode;
  readonly title: string;
  /** What went wrong. */
  readonly error: string | undefined;
  /** What one should know, and going in. */
  readonly children: ReactNode;
}

/** Where a link leads: who or what it is, before one goes in. */
export function Door({ picture, title, error, leaveLabel, onLeave, children }: DoorProps): ReactNode {
  return (
    <div className={styles['door']}>
      {picture}
      <h1 className={styles['title']} dir="auto">
        {title}
      </h1>
      {children}
      <Failure text={error} />
      <Button kind="quiet" onClick={onLeave}>
        {leaveLabel}
      </Button>
    </div>
  );
}

interface NoDoorProps extends LeaveProps {
  readonly title: string;
  /** Why the link leads nowhere; undefined while it is being looked up. */
  readonly error: string | undefined;
}

/** Before a door is there, or where there is none. */
export function NoDoor({ title, error, leaveLabel, onLeave }: NoDoorProps): ReactNode {
  if (error !== undefined) {
    return (
      <EmptyState
        icon={<Link2Off />}
        title={title}
        text={error}
        action={<Button onClick={onLeave}>{leaveLabel}</Button>}
      />
    );
  }
  return (
    <div className={styles['door']} aria-busy="true">
      <Skeleton width="96px" height="96px" isRound />
      <Skeleton width="200px" />
    </div>
  );
}
