import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './IconButton.module.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'aria-label'> {
  /** What it does, for screen readers and the tooltip. */
  readonly label: string;
  /** The keys that do the same, shown in the tooltip. */
  readonly keys?: string;
  readonly kind?: 'plain' | 'accent' | 'filled' | 'danger';
  readonly size?: 'm' | 's';
  /** Off where many stand close together. */
  readonly hasTooltip?: boolean;
}

export function IconButton(props: IconButtonProps): ReactNode {
  const { label, keys, kind = 'plain', size = 'm', hasTooltip = true, ...rest } = props;
  const look = classes(styles['button'], kind !== 'plain' && styles[kind], size === 's' && styles['small']);
  const tooltip = hasTooltip ? { 'data-tooltip': label, 'data-tooltip-keys': keys } : {};
  return <button type="button" {...tooltip} {...rest} className={look} aria-label={label} />;
}
