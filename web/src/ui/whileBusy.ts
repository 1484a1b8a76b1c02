import type { MouseEvent } from 'react';

/** Of a button: not to be pressed again while its act is under way. It keeps the focus, which a disabled one loses. */
export function whileBusy(isBusy: boolean, onClick: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined) {
  return { 'aria-busy': isBusy, 'aria-disabled': isBusy || undefined, onClick: isBusy ? ignore : onClick };
}

/** No form is sent by it either. */
function ignore(event: MouseEvent): void {
  event.preventDefault();
}
