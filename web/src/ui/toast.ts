import { createStore } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly kind: 'plain' | 'success' | 'danger';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = 5_000;
/** What one can press stays until one has read it. */
const SHOWN_WITH_ACTION_MS = 12_000;
const SHOWN_AT_ONCE_MAX = 3;

export const toastStore = createStore<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

let made = 0;

/** For what happened away from where one looks; an error in a form stands at its field instead. */
export function toast(text: string, options: Partial<Pick<Toast, 'kind' | 'action'>> = {}): void {
  made += 1;
  const shown: Toast = { id: made, kind: 'plain', text, ...options };
  toastStore.setState(({ toasts }) => ({
    toasts: [...toasts.filter((one) => one.text !== text), shown].slice(-SHOWN_AT_ONCE_MAX),
  }));
  setTimeout(() => dismissToast(shown.id), shown.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
}

export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) }));
}
