import { type ComponentType, createContext, type ReactNode, use } from 'react';

export interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export interface MenuChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

export interface MenuTilesProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly isOn: boolean }[];
  readonly onPick: (value: string, isOn: boolean) => void;
}

/** What items are made of. Features name items while the parts are still to be loaded; the open popup brings them. */
export interface MenuParts {
  readonly Item: ComponentType<MenuItemProps>;
  readonly Choice: ComponentType<MenuChoiceProps<string>>;
  readonly Tiles: ComponentType<MenuTilesProps>;
  readonly Separator: ComponentType;
}

export const MenuPartsContext = createContext<MenuParts | undefined>(undefined);

export function useMenuParts(): MenuParts {
  const parts = use(MenuPartsContext);
  if (!parts) throw new Error('outside of a menu');
  return parts;
}
