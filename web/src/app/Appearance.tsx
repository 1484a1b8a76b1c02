import { Languages } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { chosenLanguage, LANGUAGES, type Language, setLanguage } from '../platform/i18n.ts';
import { setTheme, type Theme, THEMES, themeStore } from '../platform/theme.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu, MenuChoice, MenuSeparator } from '../ui/Menu.tsx';
import { languageName } from './languageName.ts';

/** Language and theme where nobody is signed in. */
export function AppearanceMenu(): ReactNode {
  const { t } = useTranslation('app');
  const language = useLanguageChoice();
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
      <ThemeMenuChoice />
    </Menu>
  );
}

export function ThemeMenuChoice(): ReactNode {
  const { t } = useTranslation('app');
  return <MenuChoice label={t('theme')} {...useThemeChoice()} />;
}

interface Choice<Value extends string> {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

export function useThemeChoice(): Choice<Theme> {
  const { t } = useTranslation('app');
  const value = useStore(themeStore, ({ theme }) => theme);
  return { value, options: THEMES.map((theme) => ({ value: theme, label: t(`theme_${theme}`) })), onChange: setTheme };
}

export function useLanguageChoice(): Choice<Language | 'system'> {
  const { t } = useTranslation('app');
  const [value, setValue] = useState<Language | 'system'>(() => chosenLanguage() ?? 'system');
  const languages = LANGUAGES.map((language) => ({ value: language, label: languageName(language) }));
  return {
    value,
    options: [{ value: 'system', label: t('languageSystem') }, ...languages],
    onChange(next) {
      setValue(next);
      void setLanguage(next === 'system' ? null : next);
    },
  };
}
