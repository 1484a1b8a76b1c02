/** What this browser remembers of whoever uses it, signed in or not. What belongs to a person is in `storage.ts`. */
type Keepsake =
  | 'theme'
  | 'language'
  | 'device'
  | 'person'
  | 'details'
  | 'appearance'
  | 'invite'
  /** Whose link was opened before one signed in. */
  | 'add'
  | 'share'
  | 'call-captions'
  | 'call-devices'
  | 'call-habits'
  | 'call-picture'
  | 'call-view'
  | 'call-volumes'
  | 'share-wish'
  | 'screen-volumes'
  | 'call-sealing'
  | 'push'
  | 'push-asked';

/** The remembered value; null when there is none or the browser forbids storage. */
export function kept(name: Keepsake): string | null {
  try {
    return localStorage.getItem(`dialog.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: Keepsake, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`dialog.${name}`);
    else localStorage.setItem(`dialog.${name}`, value);
  } catch {
    // Private windows may forbid storage; the choice then lasts as long as the page.
  }
}
