import { type ReactNode, useId } from 'react';
import styles from './Section.module.css';

interface SectionProps {
  readonly title: string;
  readonly text?: string;
  /** Beside the title. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One subject of a page, on its own card. */
export function Section({ title, text, action, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div className={styles['head']}>
        <div className={styles['words']}>
          <h3 id={id}>{title}</h3>
          {text !== undefined && <p className={styles['text']}>{text}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
