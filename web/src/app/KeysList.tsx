import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../ui/Keys.tsx';
import styles from './KeysHelp.module.css';
import { SHORTCUTS } from './shortcutList.ts';

/** What can be done without a mouse. */
export function KeysList(): ReactNode {
  const { t } = useTranslation('app');
  return (
    <dl className={styles['list']}>
      {SHORTCUTS.map(({ keys, word }) => (
        <div key={word} className={styles['row']}>
          <dt>{t(word)}</dt>
          <dd>
            <Keys keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
