import {
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useRef,
  useState,
} from 'react';
import { lazy } from '../platform/late.ts';
import { type MenuChoiceProps, type MenuItemProps, type MenuTilesProps, useMenuParts } from './menuParts.ts';

interface MenuProps {
  /** A button; `<IconButton hasTooltip={false}>` for instance. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  /** MenuItem, MenuChoice, MenuSeparator. */
  readonly children: ReactNode;
  readonly side?: 'top' | 'bottom';
  readonly align?: 'start' | 'center' | 'end';
}

const loadPopup = (): Promise<typeof import('./MenuPopup.tsx')> => import('./MenuPopup.tsx');
const MenuPopup = lazy(async () => ({ default: (await loadPopup()).MenuPopup }));

/** The popup and all that positions it come when a hand comes near the trigger: no first screen needs them. */
export function Menu({ trigger, children, side = 'bottom', align = 'end' }: MenuProps): ReactNode {
  const anchor = useRef<HTMLElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);

  function open(): void {
    setOpened(true);
    setOpen(true);
  }

  const prepare = (): void => void loadPopup().catch(() => undefined);
  return (
    <>
      {cloneElement(trigger, {
        ref: anchor,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        'data-popup-open': isOpen ? '' : undefined,
        onPointerEnter: prepare,
        onFocus: prepare,
        onClick(event: MouseEvent) {
          event.preventDefault();
          event.stopPropagation();
          open();
        },
        onKeyDown(event: KeyboardEvent) {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          open();
        },
      })}
      {wasOpened && (
        <Suspense>
          <MenuPopup isOpen={isOpen} onOpenChange={setOpen} anchor={anchor} side={side} align={align}>
            {children}
          </MenuPopup>
        </Suspense>
      )}
    </>
  );
}

export function MenuItem(props: MenuItemProps): ReactNode {
  const { Item } = useMenuParts();
  return <Item {...props} />;
}

/** One of several, the present one ticked. */
export function MenuChoice<Value extends string>({ onChange, ...props }: MenuChoiceProps<Value>): ReactNode {
  const { Choice } = useMenuParts();
  function choose(value: string): void {
    const option = props.options.find((one) => one.value === value);
    if (option) onChange(option.value);
  }
  return <Choice {...props} onChange={choose} />;
}

/** A row of single signs to press. */
export function MenuTiles(props: MenuTilesProps): ReactNode {
  const { Tiles } = useMenuParts();
  return <Tiles {...props} />;
}

export function MenuSeparator(): ReactNode {
  const { Separator } = useMenuParts();
  return <Separator />;
}
