import type { MouseEvent, ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import { pathOf, type Place } from '../router.ts';
import styles from './SettingsNav.module.css';

interface NavLinkProps {
  readonly to: Place;
  readonly onGo: (to: Place) => void;
  readonly isCurrent?: boolean;
  readonly isOnlyWide?: boolean;
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly trail?: ReactNode;
}

/** A true link, so that it opens in a new tab as well; a plain press stays on the page. */
export function NavLink({ to, onGo, isCurrent = false, isOnlyWide = false, ...look }: NavLinkProps): ReactNode {
  function go(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo(to);
  }
  return (
    <a
      href={pathOf(to)}
      onClick={go}
      className={classes(styles['item'], isCurrent && styles[isOnlyWide ? 'currentIfWide' : 'current'])}
      aria-current={isCurrent ? 'page' : undefined}
      data-item=""
    >
      <span className={styles['icon']} aria-hidden="true">
        {look.icon}
      </span>
      <span className={styles['words']}>
        <span className={styles['title']}>{look.title}</span>
        <span className={styles['text']}>{look.text}</span>
      </span>
      {look.trail}
    </a>
  );
}
