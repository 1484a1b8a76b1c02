import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/Section.tsx';
import { useLanguageChoice } from '../Appearance.tsx';
import { useAppearance } from '../useAppearance.ts';
import { Choices } from './Choices.tsx';

export function LanguageHere(): ReactNode {
  const { t, i18n } = useTranslation('settings');
  const { options, ...choice } = useLanguageChoice(useAppearance().chooseLanguage);
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const named = options.map((option) => ({
    ...option,
    hint: option.value === 'system' ? t('languageSystemText') : names.of(option.value),
  }));
  return (
    <Section title={t('languageChoice')} text={t('languageChoiceText')} anchor="language">
      <Choices label={t('languageChoice')} options={named} {...choice} />
    </Section>
  );
}
