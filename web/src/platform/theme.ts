import { createStore } from 'zustand/vanilla';
import { keep, kept } from './keepsakes.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const themeStore = createStore<{ readonly theme: Theme }>(() => ({ theme: rememberedTheme() }));

/** Shows and remembers a theme. `system` leaves the choice to the media query in tokens.css. */
export function setTheme(theme: Theme): void {
  keep('theme', theme === 'system' ? null : theme);
  showTheme(theme);
  themeStore.setState({ theme });
}

/** Follows a choice made in another tab. */
export function followThemeOfOtherTabs(): void {
  addEventListener('storage', (event) => {
    if (event.key !== 'dialog.theme') return;
    const theme = rememberedTheme();
    showTheme(theme);
    themeStore.setState({ theme });
  });
}

function rememberedTheme(): Theme {
  const remembered = kept('theme');
  return THEMES.find((theme) => theme === remembered) ?? 'system';
}

function showTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
