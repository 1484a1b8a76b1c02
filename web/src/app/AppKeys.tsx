import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KeysList } from '../ui/KeysList.tsx';
import { SHORTCUTS } from './shortcutList.ts';

/** What can be done without a mouse. */
export function AppKeys(): ReactNode {
  const { t } = useTranslation('app');
  return <KeysList rows={SHORTCUTS.map(({ keys, word }) => ({ keys, text: t(word) }))} />;
}
