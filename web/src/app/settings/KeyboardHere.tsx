import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/Section.tsx';
import { AppKeys } from '../AppKeys.tsx';

export function KeyboardHere(): ReactNode {
  const { t } = useTranslation('app');
  return (
    <Section title={t('keys')} text={t('keysText')} anchor="keys">
      <AppKeys />
    </Section>
  );
}
