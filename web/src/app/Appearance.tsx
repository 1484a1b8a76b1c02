import { Languages } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { LANGUAGES, type Language, languageStore, setLanguage } from '../platform/i18n.ts';
import { keep } from '../platform/keepsakes.ts';
import { setTheme, type Theme, THEMES, themeStore } from '../platform/theme.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu, MenuChoice, MenuSeparator } from '../ui/Menu.tsx';
import { languageName } from './languageName.ts';

/** Language and theme where nobody is signed in. */
export function AppearanceMenu(): ReactNode {
  const { t } = useTranslation('app');
  const language = useLanguageChoice((next) => {
    forgetShownAppearance();
    void setLanguage(next);
  });
  return (
    <Menu
      trigger={
        <IconButton label={t('appearance')} hasTooltip={false}>
          <Languages />
        </IconButton>
      }
    >
      <MenuChoice label={t('language')} {...language} />
      <MenuSeparator />
      <ThemeMenuChoice
        onChoose={(next) => {
          forgetShownAppearance();
          setTheme(next);
        }}
      />
    </Menu>
  );
}

export function ThemeMenuChoice({ onChoose }: { readonly onChoose: (theme: Theme) => void }): ReactNode {
  const { t } = useTranslation('app');
  return <MenuChoice label={t('theme')} {...useThemeChoice(onChoose)} />;
}

interface Choice<Value extends string> {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** Shows what this device shows; what follows from a choice is the caller's. */
export function useThemeChoice(onChoose: (theme: Theme) => void): Choice<Theme> {
  const { t } = useTranslation('app');
  const value = useStore(themeStore, ({ theme }) => theme);
  return { value, options: THEMES.map((theme) => ({ value: theme, label: t(`theme_${theme}`) })), onChange: onChoose };
}

export function useLanguageChoice(onChoose: (language: Language | null) => void): Choice<Language | 'system'> {
  const { t } = useTranslation('app');
  const value = useStore(languageStore, ({ chosen }) => chosen ?? 'system');
  const languages = LANGUAGES.map((language) => ({ value: language, label: languageName(language) }));
  return {
    value,
    options: [{ value: 'system', label: t('languageSystem') }, ...languages],
    onChange: (next) => onChoose(next === 'system' ? null : next),
  };
}

/** Somebody who is not signed in chooses for this browser: it stands until whoever signs in has chosen otherwise. */
function forgetShownAppearance(): void {
  keep('appearance', null);
}
