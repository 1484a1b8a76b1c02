import { useEffect } from 'react';
import type { OwnCall } from '../own/ownCall.ts';

/** Keys on the stage. Single letters, since nothing is typed there; leaving needs two, so that it never happens by a slip. */
export const KEYS = {
  mute: 'M',
  camera: 'V',
  share: 'S',
  view: 'G',
  fullScreen: 'F',
  leave: 'Shift+L',
  minimize: 'Esc',
} as const;

interface Acts {
  readonly own: OwnCall;
  readonly toggleFullScreen: () => void;
}

/** Listens as long as the stage is shown. */
export function useCallKeys({ own, toggleFullScreen }: Acts): void {
  useEffect(() => {
    function hear(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTakenElsewhere(event.target)) return;
      const act = actsOf({ own, toggleFullScreen })[(event.shiftKey ? 'shift+' : '') + event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    }
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [own, toggleFullScreen]);
}

function actsOf({ own, toggleFullScreen }: Acts): Readonly<Record<string, (() => void) | undefined>> {
  const { media, store } = own;
  return {
    m: () => media.want('microphone', !media.store.getState().microphone.isWanted),
    v: () => media.want('camera', !media.store.getState().camera.isWanted),
    s: () => (store.getState().active?.share.status === 'on' ? own.stopSharing() : own.share('text')),
    g: () => own.show(store.getState().active?.view === 'grid' ? 'speaker' : 'grid'),
    f: toggleFullScreen,
    'shift+l': own.leave,
    escape: () => own.showStage(false),
  };
}

/** Text fields take letters, menus and dialogs take Escape. */
function isTakenElsewhere(target: EventTarget | null): boolean {
  if (
    document.querySelector(
      '[role="dialog"]:not([data-call-stage]), [role="menu"], [data-base-ui-portal] [role="listbox"]',
    )
  )
    return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
