import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { classes } from './classes.ts';
import { Spinner } from './Spinner.tsx';
import { whileBusy } from './whileBusy.ts';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'dangerQuiet';
  readonly size?: 'm' | 's';
  readonly icon?: ReactNode;
  /** What it does is under way: not to be pressed again. */
  readonly isBusy?: boolean;
  /** As wide as its surroundings. */
  readonly isWide?: boolean;
}

export function Button(props: ButtonProps): ReactNode {
  const { kind = 'secondary', size, icon, isBusy = false, isWide, children, onClick, ...rest } = props;
  const look = classes(
    styles['button'],
    styles[kind],
    size === 's' && styles['small'],
    isWide === true && styles['wide'],
    isBusy && styles['busy'],
  );
  return (
    <button type="button" {...rest} {...whileBusy(isBusy, onClick)} className={look}>
      <span className={styles['content']}>
        {icon}
        {children}
      </span>
      {isBusy && (
        <span className={styles['spinner']}>
          <Spinner />
        </span>
      )}
    </button>
  );
}
