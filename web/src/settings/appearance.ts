import { DEFAULT_SETTINGS, type Settings } from '@dialog/shared/settings.values';
import * as z from 'zod/mini';
import type { ChatSync } from '../chats/chats.sync.ts';
import { LANGUAGES, setLanguage } from '../platform/i18n.ts';
import { keep, kept } from '../platform/keepsakes.ts';
import { setTheme } from '../platform/theme.ts';

type Appearance = Settings['appearance'];

const Shown = z.object({ theme: z.enum(['system', 'light', 'dark']), language: z.nullable(z.string()) });

/**
 * Shows what the person has chosen on this device, and keeps it for the sign-in screen and the next start. What was
 * chosen here by somebody who was not signed in stands as long as the person never chose: "as the device" takes nothing
 * away that it has not put there itself.
 */
export function followAppearance(sync: Pick<ChatSync, 'store'>): () => void {
  const show = (): void => {
    const { list, isKnown } = sync.store.getState();
    if (isKnown) showAppearance(list.settings.appearance);
  };
  show();
  return sync.store.subscribe((state, before) => {
    if (state.list.settings.appearance !== before.list.settings.appearance || state.isKnown !== before.isKnown) show();
  });
}

function showAppearance(appearance: Appearance): void {
  const shown = lastShown();
  if (appearance.theme !== shown.theme) setTheme(appearance.theme);
  if (appearance.language !== shown.language)
    void setLanguage(LANGUAGES.find((language) => language === appearance.language) ?? null);
  keep('appearance', JSON.stringify(appearance));
}

/** What of theirs this browser was made to show last, whoever that was. */
function lastShown(): Appearance {
  try {
    return z.parse(Shown, JSON.parse(kept('appearance') ?? ''));
  } catch {
    return DEFAULT_SETTINGS.appearance;
  }
}
