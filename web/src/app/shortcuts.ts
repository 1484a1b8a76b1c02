import { useEffect } from 'react';
import { openKeysHelp } from './keysHelp.ts';
import { useApp } from './useApp.ts';

/** What `?` lists: keys of the whole page first, then those of its parts. */
export const SHORTCUTS = [
  { keys: '?', word: 'keyHelp' },
  { keys: 'Ctrl+K', word: 'keyFind' },
  { keys: 'Ctrl+,', word: 'keySettings' },
  { keys: 'Alt+↑', word: 'keyPrevious' },
  { keys: 'Alt+↓', word: 'keyNext' },
  { keys: 'Esc', word: 'keyBack' },
  { keys: 'Enter', word: 'keySend' },
  { keys: 'Shift+Enter', word: 'keyLine' },
] as const;

type Act = 'help' | 'find' | 'settings' | 'previous' | 'next' | 'back';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'> & {
  /** In a field, letters are text. */
  readonly isTyping: boolean;
  /** A dialog or menu is open and has the keys to itself. */
  readonly isCovered: boolean;
};

/** What a key press asks of the page; undefined when it is none of its business. */
export function actOf({ key, ctrlKey, metaKey, altKey, isTyping, isCovered }: Pressed): Act | undefined {
  if (isCovered) return undefined;
  if (ctrlKey || metaKey) return WITH_CONTROL.get(key.toLowerCase());
  if (altKey) return WITH_ALT.get(key);
  return isTyping && key === '?' ? undefined : ALONE.get(key);
}

const ALONE: ReadonlyMap<string, Act> = new Map([
  ['?', 'help'],
  ['Escape', 'back'],
]);
const WITH_CONTROL: ReadonlyMap<string, Act> = new Map([
  ['k', 'find'],
  [',', 'settings'],
]);
const WITH_ALT: ReadonlyMap<string, Act> = new Map([
  ['ArrowUp', 'previous'],
  ['ArrowDown', 'next'],
]);

/** Listens on the whole page. */
export function useShortcuts(): void {
  const { router } = useApp();
  useEffect(() => {
    const acts: Record<Act, () => void> = {
      help: openKeysHelp,
      find: () => document.querySelector<HTMLElement>('input[type="search"]')?.focus(),
      settings: () => router.go({ name: 'settings' }),
      previous: () => step(-1),
      next: () => step(1),
      back: () => router.go({ name: 'home' }),
    };
    const ending = new AbortController();
    addEventListener(
      'keydown',
      (event) => {
        const act = event.defaultPrevented ? undefined : actOf(pressedIn(event));
        if (!act) return;
        event.preventDefault();
        acts[act]();
      },
      { signal: ending.signal },
    );
    return () => ending.abort();
  }, [router]);
}

function pressedIn(event: KeyboardEvent): Pressed {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  return {
    key,
    ctrlKey,
    metaKey,
    altKey,
    isTyping: target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null,
    isCovered:
      document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null,
  };
}

/** Opens the chat above or below the present one, in the order of the list on screen. */
function step(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('nav a[href^="/chat/"]')];
  const present = links.findIndex((link) => link.getAttribute('aria-current') === 'page');
  links[present === -1 ? 0 : present + by]?.click();
}
