import { type RefObject, useEffect, useRef } from 'react';
import type { Place } from './router.ts';

/** Who leaves the settings is where they went in, on the button of their own picture, unless the focus has a place already. */
export function useFocusAfterSettings(sidebar: RefObject<HTMLElement | null>, { name }: Place): void {
  const wasInside = useRef(false);
  useEffect(() => {
    if (wasInside.current && name !== 'settings' && document.activeElement === document.body)
      sidebar.current?.querySelector<HTMLElement>('[data-me]')?.focus();
    wasInside.current = name === 'settings';
  }, [sidebar, name]);
}
