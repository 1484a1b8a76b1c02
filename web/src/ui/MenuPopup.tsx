import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { classes } from './classes.ts';
import styles from './Menu.module.css';
import {
  type MenuChoiceProps,
  type MenuItemProps,
  type MenuParts,
  MenuPartsContext,
  type MenuTilesProps,
} from './menuParts.ts';
import { usePopupHome } from './popupHome.ts';

interface MenuPopupProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** What it stands beside: an element, or a point of the window. */
  readonly anchor: RefObject<HTMLElement | null> | { readonly x: number; readonly y: number };
  readonly side: 'top' | 'bottom';
  readonly align: 'start' | 'center' | 'end';
  /** Where the focus goes at the end, when not to the anchor. */
  readonly finalFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** The heavy half of `Menu`. */
export function MenuPopup(props: MenuPopupProps): ReactNode {
  const { isOpen, onOpenChange, anchor, side, align, finalFocus, children } = props;
  const home = usePopupHome();
  const isPoint = 'x' in anchor;
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      <Base.Portal container={home}>
        <Base.Positioner
          className={styles['positioner']}
          anchor={isPoint ? pointAt(anchor) : anchor}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          <Base.Popup className={styles['popup']} finalFocus={finalFocus ?? (isPoint ? undefined : anchor)}>
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

/** In one row, one press each; those that are on can be taken off. */
function Tiles({ label, options, onPick }: MenuTilesProps): ReactNode {
  return (
    <Base.Group aria-label={label} className={styles['tiles']}>
      {options.map(({ value, isOn, text }) => (
        <Base.CheckboxItem
          key={value}
          className={styles['tile']}
          checked={isOn}
          closeOnClick
          aria-label={text}
          onCheckedChange={(checked) => onPick(value, checked)}
        >
          {value}
        </Base.CheckboxItem>
      ))}
    </Base.Group>
  );
}

function pointAt({ x, y }: { readonly x: number; readonly y: number }): { getBoundingClientRect: () => DOMRect } {
  return { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
}

function Separator(): ReactNode {
  return <Base.Separator className={styles['separator']} />;
}

const PARTS: MenuParts = { Item, Choice, Tiles, Separator };
