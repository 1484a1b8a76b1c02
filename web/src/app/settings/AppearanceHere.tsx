import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/Section.tsx';
import { useThemeChoice } from '../Appearance.tsx';
import { useAppearance } from '../useAppearance.ts';
import styles from './AppearanceHere.module.css';
import { Choices } from './Choices.tsx';

export function AppearanceHere(): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <Section title={t('theme')} text={t('themeText')} anchor="theme">
      <Choices label={t('theme')} {...useThemeChoice(useAppearance().chooseTheme)} renderPicture={picture} />
    </Section>
  );
}

/** A chat in small. `system` shows both halves. */
function picture(theme: string): ReactNode {
  const sides = theme === 'system' ? ['light', 'dark'] : [theme];
  return (
    <span className={styles['picture']} aria-hidden="true">
      {sides.map((side) => (
        <span key={side} className={styles['side']} data-theme={side}>
          <span className={styles['theirs']} />
          <span className={styles['mine']} />
          <span className={styles['theirs']} />
        </span>
      ))}
    </span>
  );
}
