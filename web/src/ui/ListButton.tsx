import type { ComponentProps, ReactNode } from 'react';
import styles from './ListButton.module.css';
import { Spinner } from './Spinner.tsx';
import { whileBusy } from './whileBusy.ts';

interface ListButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly icon: ReactNode;
  /** At the end of the row: how many there are, for example. */
  readonly trail?: ReactNode;
  /** What it does is under way: not to be pressed again. */
  readonly isBusy?: boolean;
}

/** A row that leads on, as wide as its surroundings. */
export function ListButton({ icon, trail, isBusy = false, onClick, children, ...rest }: ListButtonProps): ReactNode {
  return (
    <button type="button" {...rest} {...whileBusy(isBusy, onClick)} className={styles['row']}>
      <span className={styles['icon']}>{icon}</span>
      <span className={styles['words']}>{children}</span>
      {isBusy ? <Spinner /> : trail}
    </button>
  );
}
