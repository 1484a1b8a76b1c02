import type { ComponentProps, ReactNode } from 'react';
import styles from './ListButton.module.css';

interface ListButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly icon: ReactNode;
  /** At the end of the row: how many there are, for example. */
  readonly trail?: ReactNode;
}

/** A row that leads on, as wide as its surroundings. */
export function ListButton({ icon, trail, children, ...rest }: ListButtonProps): ReactNode {
  return (
    <button type="button" {...rest} className={styles['row']}>
      <span className={styles['icon']}>{icon}</span>
      <span className={styles['words']}>{children}</span>
      {trail}
    </button>
  );
}
