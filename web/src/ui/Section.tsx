import { type ReactNode, useId } from 'react';
import styles from './Section.module.css';

interface SectionProps {
  readonly title: string;
  readonly text?: string;
  /** The name by which the search of the settings finds it; letters only. */
  readonly anchor?: string;
  /** Beside the title. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One subject of a page, on its own card. */
export function Section({ title, text, anchor, action, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section
      className={styles['section']}
      aria-labelledby={id}
      data-setting={anchor}
      tabIndex={anchor === undefined ? undefined : -1}
    >
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
