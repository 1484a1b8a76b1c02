import type { MouseEvent, ReactNode } from 'react';
import { pathOf, type Place } from './router.ts';
import { useApp } from './useApp.ts';

/** A true link, so that it opens in a new tab as well; a plain press stays on the page. */
export function Link({ to, children }: { readonly to: Place; readonly children: ReactNode }): ReactNode {
  const { router } = useApp();
  function go(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.go(to);
  }
  return (
    <a href={pathOf(to)} onClick={go}>
      {children}
    </a>
  );
}
