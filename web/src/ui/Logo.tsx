import type { ReactNode } from 'react';
import styles from './Logo.module.css';

interface LogoProps {
  /** Pixels. */
  readonly size?: number;
}

/** The sign of Dialog: a speech bubble that is a D. Kept in step with public/icon.svg. Decoration beside the name. */
export function Logo({ size = 40 }: LogoProps): ReactNode {
  return (
    <svg className={styles['logo']} width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <rect className={styles['ground']} width="64" height="64" rx="16" />
      <path
        className={styles['bubble']}
        d="M19 15h13.5C42.2 15 49 22 49 31.2s-6.8 16.3-16.5 16.3H27l-6 5.6c-.8.7-2 .2-2-.9z"
      />
      <circle className={styles['dot']} cx="28" cy="31.3" r="3.2" />
      <circle className={styles['dot']} cx="38" cy="31.3" r="3.2" />
    </svg>
  );
}
