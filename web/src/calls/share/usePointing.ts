import { useEffect, useMemo, useState } from 'react';
import { systemClock } from '../../platform/clock.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useCalls } from '../useCalls.ts';
import { createPointing } from './pointers.ts';
import type { Point } from './zoom.ts';

export interface PointingControl {
  /** Who shares this screen lets others point on it. */
  readonly isAllowed: boolean;
  readonly isOn: boolean;
  /** Where my pointer is, in shares of the picture. */
  readonly at: Point | null;
  readonly toggle: () => void;
  readonly point: (at: Point | null) => void;
}

/** My own pointer on somebody's screen. */
export function usePointing({ identity, share, isMe }: Participant): PointingControl {
  const { own } = useCalls();
  const [isWanted, setWanted] = useState(false);
  const [at, setAt] = useState<Point | null>(null);
  const isAllowed = isMe || share?.takesPointers === true;
  const isOn = isWanted && isAllowed;
  const pointing = useMemo(
    () =>
      createPointing({
        clock: systemClock,
        tell: (where) => own.tell({ kind: 'pointer', screenOf: identity, at: where }),
      }),
    [own, identity],
  );
  // Laid down, forbidden or out of sight: in each case the others see it go.
  useEffect(() => (isOn ? () => pointing.end() : undefined), [isOn, pointing]);

  function point(where: Point | null): void {
    setAt(where);
    if (where) pointing.move(where);
    else pointing.end();
  }

  return {
    isAllowed,
    isOn,
    at: isOn ? at : null,
    point,
    toggle() {
      setWanted(!isOn);
      setAt(null);
    },
  };
}
