import { createContext, use } from 'react';

/** Where menus and dialogs of a part of the page stand, so that they look like it; without one at the end of the page. */
export const PopupHomeContext = createContext<HTMLElement | null>(null);

export function usePopupHome(): HTMLElement | undefined {
  return use(PopupHomeContext) ?? undefined;
}
