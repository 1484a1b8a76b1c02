import { ArrowLeft } from 'lucide-react';
import type { ComponentProps, ReactNode, RefObject } from 'react';
import { IconButton } from './IconButton.tsx';
import styles from './Pane.module.css';

interface PaneProps extends Omit<ComponentProps<'div'>, 'className' | 'title'> {
  readonly title: string;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  /** Where the way back leads that a narrow screen has. */
  readonly backLabel: string;
  readonly onBack: () => void;
}

/** A page beside the list that led to it, of subjects below each other. Its heading can take the focus. */
export function Pane({ title, heading, backLabel, onBack, children, ...rest }: PaneProps): ReactNode {
  return (
    <div {...rest} className={styles['pane']}>
      <header className={styles['bar']}>
        <span className={styles['back']}>
          <IconButton label={backLabel} onClick={onBack}>
            <ArrowLeft className={styles['arrow']} />
          </IconButton>
        </span>
        <h2 ref={heading} className={styles['title']} tabIndex={-1}>
          {title}
        </h2>
      </header>
      <div className={styles['scroll']}>
        <div className={styles['content']}>{children}</div>
      </div>
    </div>
  );
}
