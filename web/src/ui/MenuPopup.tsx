import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { classes } from './classes.ts';
import styles from './Menu.module.css';
import { type MenuChoiceProps, type MenuItemProps, type MenuParts, MenuPartsContext } from './menuParts.ts';

interface MenuPopupProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly side: 'top' | 'bottom';
  readonly align: 'start' | 'center' | 'end';
  readonly children: ReactNode;
}

/** The heavy half of `Menu`. */
export function MenuPopup({ isOpen, onOpenChange, anchor, side, align, children }: MenuPopupProps): ReactNode {
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner
          className={styles['positioner']}
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          <Base.Popup className={styles['popup']} finalFocus={anchor}>
            <MenuPartsContext value={PARTS}>{children}</MenuPartsContext>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Item({ icon, isDanger = false, isDisabled = false, onSelect, children }: MenuItemProps): ReactNode {
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

function Choice({ label, value, options, onChange }: MenuChoiceProps<string>): ReactNode {
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

function Separator(): ReactNode {
  return <Base.Separator className={styles['separator']} />;
}

const PARTS: MenuParts = { Item, Choice, Separator };
