import { useEffect, useEffectEvent } from 'react';
import { arranged } from '../chats/chats.arranging.store.ts';
import { openKeysHelp } from './keysHelp.ts';
import { openPalette } from './palette.ts';
import { isWide } from './settings/isWide.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

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

interface ShortcutActs {
  /** Answers whether there was anything to close. */
  readonly closeDetails: () => boolean;
}

/** Listens on the whole page. */
export function useShortcuts({ closeDetails }: ShortcutActs): void {
  const { router } = useApp();
  const { chats } = useSession();
  const act = useEffectEvent((what: Act) => {
    const acts: Record<Act, () => void> = {
      help: openKeysHelp,
      find: openPalette,
      settings: () => router.go({ name: 'settings' }),
      previous: () => step(-1),
      next: () => step(1),
      back: () => closeDetails() || leave(),
    };
    acts[what]();
  });

  /** Out of the settings one comes to where one was; on a phone their list lies between. */
  function leave(): void {
    const { place } = router.store.getState();
    if (place.name !== 'settings') return router.go({ name: 'home' });
    router.back(place.section === undefined || isWide() ? undefined : { name: 'settings' });
  }

  /** Opens the chat above or below the present one. */
  function step(by: 1 | -1): void {
    const ids = arranged(chats.sync.store.getState().list, Date.now()).shown.map(({ chat }) => chat.id);
    const { place } = router.store.getState();
    const present = place.name === 'chat' ? ids.indexOf(place.chatId) : -1;
    const chatId = ids[present === -1 ? 0 : present + by];
    if (chatId) router.go({ name: 'chat', chatId });
  }

  useEffect(() => {
    const ending = new AbortController();
    const hear = (event: KeyboardEvent): void => {
      const asked = event.defaultPrevented ? undefined : actOf(pressedIn(event));
      if (!asked) return;
      event.preventDefault();
      act(asked);
    };
    addEventListener('keydown', hear, { signal: ending.signal });
    return () => ending.abort();
  }, []);
}

/** What lies over the page and takes its keys. */
const COVERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-base-ui-portal] [role="listbox"]';

function pressedIn({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): Pressed {
  const isTyping = target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
  return { key, ctrlKey, metaKey, altKey, isTyping, isCovered: document.querySelector(COVERS) !== null };
}
