import type { ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import { Section } from '../../ui/Section.tsx';
import styles from './Gallery.module.css';

/** A ground and the text meant for it. */
const PAIRS = [
  ['bg', 'text'],
  ['surface', 'text'],
  ['surface', 'text-muted'],
  ['surface-raised', 'text'],
  ['sunken', 'text-muted'],
  ['hover', 'text-muted'],
  ['selected', 'text-muted'],
  ['accent', 'accent-text'],
  ['accent-soft', 'accent'],
  ['surface', 'accent'],
  ['danger', 'danger-text'],
  ['danger-soft', 'danger'],
  ['success-soft', 'success'],
  ['warning-soft', 'warning'],
] as const;

export function Tokens(): ReactNode {
  return (
    <Section title="Colours">
      <div className={styles['swatches']}>
        {PAIRS.map(([ground, text]) => (
          <div
            key={`${ground} ${text}`}
            className={styles['swatch']}
            style={{ background: `var(--color-${ground})`, color: `var(--color-${text})` }}
          >
            {text} on {ground}
          </div>
        ))}
      </div>
      <div className={styles['bubbles']}>
        <p className={styles['bubble']}>Did the train leave on time?</p>
        <p className={classes(styles['bubble'], styles['mine'])}>Four minutes early, for once.</p>
      </div>
    </Section>
  );
}
