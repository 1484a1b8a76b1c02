import { useEffect, useEffectEvent } from 'react';

/** Keys on the stage. Single letters, since nothing is typed there; leaving needs two, so that it never happens by a slip. */
export const KEYS = {
  mute: 'M',
  camera: 'V',
  share: 'S',
  hand: 'H',
  people: 'P',
  chat: 'C',
  view: 'G',
  fullScreen: 'F',
  window: 'W',
  previousPage: '←',
  nextPage: '→',
  leave: 'Shift+L',
  minimize: 'Esc',
  help: '?',
} as const;

export type CallAct = keyof typeof KEYS;

const BY_KEY: Readonly<Record<string, CallAct | undefined>> = {
  m: 'mute',
  v: 'camera',
  s: 'share',
  h: 'hand',
  p: 'people',
  c: 'chat',
  g: 'view',
  f: 'fullScreen',
  w: 'window',
  pageup: 'previousPage',
  pagedown: 'nextPage',
  'shift+l': 'leave',
  escape: 'minimize',
};

/** What a key asks of the stage; undefined when it is none of its business. */
export function callActOf(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  isRightToLeft: boolean,
): CallAct | undefined {
  if (key === '?') return 'help';
  // As one reads.
  if (key === 'ArrowLeft') return isRightToLeft ? 'nextPage' : 'previousPage';
  if (key === 'ArrowRight') return isRightToLeft ? 'previousPage' : 'nextPage';
  return BY_KEY[(shiftKey ? 'shift+' : '') + key.toLowerCase()];
}

/** Listens as long as the stage is shown, before the page does. `here`: the window that it is in. */
export function useCallKeys(acts: Readonly<Record<CallAct, () => void>>, here: Window = window): void {
  const act = useEffectEvent((what: CallAct) => acts[what]());
  useEffect(() => {
    function hear(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTakenElsewhere(event)) return;
      const what = callActOf(event, getComputedStyle(document.documentElement).direction === 'rtl');
      if (!what) return;
      event.preventDefault();
      event.stopPropagation();
      act(what);
    }
    here.addEventListener('keydown', hear, { capture: true });
    return () => here.removeEventListener('keydown', hear, { capture: true });
  }, [here]);
}

const OWN_KEYS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** What lies over the page and takes its keys. */
export const COVERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-base-ui-portal] [role="listbox"]';

/** Text fields take letters, menus and dialogs take Escape, and what stands beside the stage has keys of its own. */
function isTakenElsewhere({ target, key }: KeyboardEvent): boolean {
  if (document.querySelector(COVERS)) return true;
  if (!(target instanceof HTMLElement)) return false;
  // A shared screen that has the focus is zoomed and moved by keys of its own.
  if (target.matches('[data-own-keys]') && OWN_KEYS.has(key)) return true;
  const isTyping = target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
  return isTyping || (target !== document.body && !target.closest('[data-call-stage]'));
}
