import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Menu.module.css';

interface MenuProps {
  /** A button; `<IconButton hasTooltip={false}>` for instance. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  /** MenuItem, MenuChoice, MenuSeparator. */
  readonly children: ReactNode;
  readonly side?: 'top' | 'bottom';
  readonly align?: 'start' | 'center' | 'end';
}

export function Menu({ trigger, children, side = 'bottom', align = 'end' }: MenuProps): ReactNode {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles['positioner']} side={side} align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={styles['popup']}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon, isDanger = false, isDisabled = false, onSelect, children }: MenuItemProps): ReactNode {
  return (
    <Base.Item
      className={classes(styles['item'], isDanger && styles['danger'])}
      disabled={isDisabled}
      onClick={onSelect}
    >
      {icon}
      <span className={styles['label']}>{children}</span>
    </Base.Item>
  );
}

interface MenuChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of several, the present one ticked. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>): ReactNode {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <div className={styles['heading']} aria-hidden="true">
        {label}
      </div>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={styles['item']} closeOnClick>
          <span className={styles['label']}>{option.label}</span>
          <Base.RadioItemIndicator className={styles['check']} render={<Check />} />
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export function MenuSeparator(): ReactNode {
  return <Base.Separator className={styles['separator']} />;
}
