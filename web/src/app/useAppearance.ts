import type { Settings } from '@dialog/shared/settings.values';
import { type Language, setLanguage } from '../platform/i18n.ts';
import { setTheme, type Theme } from '../platform/theme.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';
import { useSession } from './useSession.ts';

interface AppearanceActs {
  readonly chooseTheme: (theme: Theme) => void;
  readonly chooseLanguage: (language: Language | null) => void;
}

/** What a person chooses is shown at once, on their other devices in a moment, and undone and said when that fails. */
export function useAppearance(): AppearanceActs {
  const { settings } = useSession();
  const errorText = useErrorText();
  function change(appearance: Partial<Settings['appearance']>): void {
    settings.change({ appearance }).catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  }
  return {
    chooseTheme(theme) {
      // Also where it is what they had chosen, and only this device showed another.
      setTheme(theme);
      change({ theme });
    },
    chooseLanguage(language) {
      void setLanguage(language);
      change({ language });
    },
  };
}
