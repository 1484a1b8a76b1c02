import { ChatId } from '@dialog/shared/contract/values';
import { MAIL_PAGES } from '@dialog/shared/auth.email';
import { LINK_PATH } from '@dialog/shared/auth.linking';
import { InviteCode, invitePath } from '@dialog/shared/invites';
import { SECTION_IDS, type SectionId } from './settings/sectionIds.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What the page shows, as its address says. */
export type Place =
  | { readonly name: 'home' }
  /** `thread`: the position of the root of the one beside it. */
  | { readonly name: 'chat'; readonly chatId: ChatId; readonly thread?: number }
  | { readonly name: 'join'; readonly code: string }
  /** Somebody's own link. */
  | { readonly name: 'add'; readonly code: string }
  | { readonly name: 'people' }
  | { readonly name: 'calls' }
  | { readonly name: 'share' }
  /** Without a section: the list of them. `setting`: the one that is pointed out. */
  | { readonly name: 'settings'; readonly section?: SectionId; readonly setting?: string }
  | { readonly name: 'sign-in' }
  /** Where a new device shows its code, and where a signed-in one answers it. */
  | { readonly name: 'link-this' }
  | { readonly name: 'link' }
  /** Where links in mails lead, whoever is signed in. */
  | { readonly name: 'confirm-email' }
  | { readonly name: 'new-password' }
  | { readonly name: 'sign-up' }
  | { readonly name: 'forgot' }
  | { readonly name: 'gallery' }
  | { readonly name: 'not-found' };

export interface Router {
  readonly store: StoreApi<{ readonly place: Place }>;
  /** `replace` leaves no way back to where one was. */
  go(place: Place, options?: { readonly replace?: boolean }): void;
  /** To where one came from; home, or as said, when one came from outside. */
  back(otherwise?: Place): void;
}

const FIXED = {
  '/': 'home',
  '/people': 'people',
  '/calls': 'calls',
  '/share': 'share',
  '/settings': 'settings',
  '/sign-in': 'sign-in',
  '/sign-in/device': 'link-this',
  [LINK_PATH]: 'link',
  [MAIL_PAGES.confirm]: 'confirm-email',
  [MAIL_PAGES.newPassword]: 'new-password',
  '/sign-up': 'sign-up',
  '/forgot': 'forgot',
  '/gallery': 'gallery',
} as const;

type FixedPath = keyof typeof FIXED;

export function placeAt(path: string): Place {
  const trimmed = path === '/' ? path : path.replace(/\/$/, '');
  if (isFixed(trimmed)) return { name: FIXED[trimmed] };
  return linkAt(trimmed) ?? settingsAt(trimmed) ?? chatAt(trimmed);
}

/** Links that people give each other: into a group, and to be friends. Their codes look the same. */
function linkAt(path: string): Place | undefined {
  const [, to, code] = /^\/(join|add)\/([^/]+)$/.exec(path) ?? [];
  const checked = InviteCode.safeParse(code);
  if (!checked.success) return undefined;
  return { name: to === 'add' ? 'add' : 'join', code: checked.data };
}

function settingsAt(path: string): Place | undefined {
  const [, named, setting] = /^\/settings\/([a-z]+)(?:\/([a-zA-Z]{1,40}))?$/.exec(path) ?? [];
  const section = SECTION_IDS.find((id) => id === named);
  return section && { name: 'settings', section, ...(setting === undefined ? {} : { setting }) };
}

function chatAt(path: string): Place {
  const [, id, thread] = /^\/chat\/([^/]+)(?:\/thread\/(\d{1,15}))?$/.exec(path) ?? [];
  const chatId = ChatId.safeParse(id);
  if (!chatId.success) return { name: 'not-found' };
  return { name: 'chat', chatId: chatId.data, ...(thread === undefined ? {} : { thread: Number(thread) }) };
}

export function pathOf(place: Place): string {
  if (place.name === 'join') return invitePath(place.code);
  if (place.name === 'add') return `/add/${place.code}`;
  if (place.name === 'chat')
    return `/chat/${place.chatId}${place.thread === undefined ? '' : `/thread/${place.thread}`}`;
  if (place.name === 'settings' && place.section !== undefined)
    return ['/settings', place.section, ...(place.setting === undefined ? [] : [place.setting])].join('/');
  return Object.entries(FIXED).find(([, name]) => name === place.name)?.[0] ?? '/';
}

function isFixed(path: string): path is FixedPath {
  return Object.hasOwn(FIXED, path);
}

/** Follows the browser's history. `browser` is the window; tests pass a small one. */
export function createRouter(browser: Pick<Window, 'history' | 'location' | 'addEventListener'>): Router {
  const store = createStore<{ readonly place: Place }>(() => ({ place: placeAt(browser.location.pathname) }));
  let stepsInside = 0;

  browser.addEventListener('popstate', () => {
    stepsInside = Math.max(0, stepsInside - 1);
    store.setState({ place: placeAt(browser.location.pathname) });
  });

  function go(place: Place, { replace = false } = {}): void {
    const path = pathOf(place);
    // Once more to where one is: no step, and still a wish, as for the setting that was pointed out before.
    if (path === browser.location.pathname) return store.setState({ place });
    if (replace) browser.history.replaceState(null, '', path);
    else browser.history.pushState(null, '', path);
    if (!replace) stepsInside += 1;
    store.setState({ place });
  }

  return {
    store,
    go,
    back(otherwise = { name: 'home' }) {
      if (stepsInside > 0) browser.history.back();
      else go(otherwise, { replace: true });
    },
  };
}
