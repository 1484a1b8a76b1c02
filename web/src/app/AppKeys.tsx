import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KeysList } from '../ui/KeysList.tsx';
import { SHORTCUTS } from './shortcutList.ts';
import { bringLateWords } from './words.late.ts';

/** What can be done without a mouse. */
export function AppKeys(): ReactNode {
  const { t } = useTranslation(['app', 'stage']);
  return <KeysList rows={SHORTCUTS.map(({ keys, word }) => ({ keys, text: t(word) }))} />;
}

/** With its words, some of which no first screen says. */
export async function loadAppKeys(): Promise<ComponentType> {
  await bringLateWords();
  return AppKeys;
}
