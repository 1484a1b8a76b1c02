interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Beside {
  readonly side: 'top' | 'bottom';
  /** In reading direction. */
  readonly align: 'start' | 'center' | 'end';
  /** Pixels between the two. */
  readonly gap: number;
}

interface Room {
  readonly width: number;
  readonly height: number;
  readonly isRightToLeft: boolean;
}

const EDGE = 8;

/** Where a box of a size goes beside an anchor: on the wished side if it fits there, inside the window in any case. */
export function placeFor(
  size: Pick<Box, 'width' | 'height'>,
  anchor: Box,
  { side, align, gap, room }: Beside & { readonly room: Room },
): { readonly left: number; readonly top: number } {
  const below = anchor.top + anchor.height + gap;
  const above = anchor.top - gap - size.height;
  const fitsBelow = below + size.height <= room.height - EDGE;
  const isBelow = side === 'bottom' ? fitsBelow || above < EDGE : above < EDGE && fitsBelow;
  const isAtLeft = (align === 'start') !== room.isRightToLeft;
  const centred = anchor.left + (anchor.width - size.width) / 2;
  const atEdge = isAtLeft ? anchor.left : anchor.left + anchor.width - size.width;
  return {
    left: within(align === 'center' ? centred : atEdge, room.width - size.width),
    top: within(isBelow ? below : above, room.height - size.height),
  };
}

function within(wished: number, max: number): number {
  return Math.round(Math.max(EDGE, Math.min(wished, max - EDGE)));
}

/** Moves a `position: fixed; left: 0; top: 0` element beside another. */
export function placeBeside(element: HTMLElement, anchor: HTMLElement, beside: Beside): void {
  const { clientWidth, clientHeight } = document.documentElement;
  const room = {
    width: clientWidth,
    height: clientHeight,
    isRightToLeft: getComputedStyle(anchor).direction === 'rtl',
  };
  const size = { width: element.offsetWidth, height: element.offsetHeight };
  const { left, top } = placeFor(size, anchor.getBoundingClientRect(), { ...beside, room });
  element.style.transform = `translate(${left}px, ${top}px)`;
}
