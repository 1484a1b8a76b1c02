import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';

interface Holder {
  readonly element: HTMLElement;
  /** Who takes the focus over, the first that is still there. */
  readonly heirs: readonly HTMLElement[];
}

/**
 * Where a row, or the button in it, goes away under the focus, the focus goes on: to what is left of the row, to the
 * same act of the next row or the one before, else to the heading. Renders with the rows.
 */
export function useRowFocus(heading: RefObject<HTMLElement | null>) {
  const holder = useRef<Holder>(undefined);
  useEffect(() => {
    const last = holder.current;
    if (!last || last.element.isConnected || document.activeElement !== document.body) return;
    (last.heirs.find((heir) => heir.isConnected) ?? heading.current)?.focus();
  });

  return ({ currentTarget, target }: FocusEvent<HTMLElement>): void => {
    // What is focused in a dialog of a row does not stand in the row.
    if (!currentTarget.contains(target)) return;
    const row = target.closest('li');
    holder.current = row ? { element: target, heirs: heirsOf(target, row) } : undefined;
  };
}

function heirsOf(element: HTMLElement, row: HTMLElement): readonly HTMLElement[] {
  const own = buttonsIn(row);
  const place = own.findIndex((button) => button === element);
  const beside = [row.nextElementSibling, row.previousElementSibling].flatMap((other) => {
    const buttons = other ? buttonsIn(other) : [];
    return buttons[place] ?? buttons[0] ?? [];
  });
  return [...own.filter((button) => button !== element), ...beside];
}

function buttonsIn(row: Element): readonly HTMLElement[] {
  return [...row.querySelectorAll('button')];
}
