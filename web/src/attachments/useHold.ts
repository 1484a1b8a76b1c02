import { type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { Recorder } from './recorder.ts';

/** `away`: it would be thrown away if it were released there. */
export type Hold = 'none' | 'held' | 'away';

/** A shorter press means: go on without me. */
const HELD_FROM_MS = 400;
const AWAY_PX = 80;

/** Hold to record, slide away to give up; or press once and let go. */
export function useHold(recorder: Recorder) {
  const [hold, setHold] = useState<Hold>('none');
  const start = useRef({ x: 0, y: 0, at: 0 });

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    // The panel comes to lie over the button, which must go on hearing the pointer.
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, y: event.clientY, at: performance.now() };
    setHold('held');
    void recorder.start();
  }

  function onPointerMove({ clientX, clientY }: PointerEvent): void {
    if (hold === 'none') return;
    const isAway = Math.hypot(clientX - start.current.x, clientY - start.current.y) > AWAY_PX;
    setHold(isAway ? 'away' : 'held');
  }

  function onPointerUp(): void {
    if (hold === 'none') return;
    setHold('none');
    if (hold === 'away') recorder.cancel();
    // While the browser still asks for the microphone nothing was said.
    else if (performance.now() - start.current.at >= HELD_FROM_MS && recorder.store.getState().kind === 'recording')
      recorder.finish();
  }

  return {
    hold,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: () => setHold('none'),
      /** A key, or a screen reader: a pointer has done it already. */
      onClick: (event: MouseEvent) => {
        if (event.detail === 0) void recorder.start();
      },
      // A long press is no wish for a menu.
      onContextMenu: (event: MouseEvent) => event.preventDefault(),
    },
  };
}
