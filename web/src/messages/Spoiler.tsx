import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './RichBlocks.module.css';

/** Hidden, also from screen readers, until it is pressed. */
export function Spoiler({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation('messages');
  const [isShown, setShown] = useState(false);
  const shell = useRef<HTMLSpanElement>(null);
  if (isShown)
    return (
      <span ref={shell} className={styles['revealed']} tabIndex={-1}>
        {children}
      </span>
    );

  function show(): void {
    setShown(true);
    // What had the focus as a button keeps it as text.
    requestAnimationFrame(() => shell.current?.focus({ preventScroll: true }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    show();
  }

  return (
    <span
      className={styles['spoiler']}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a button does not break across lines as text does
      role="button"
      tabIndex={0}
      aria-label={t('showSpoiler')}
      onClick={show}
      onKeyDown={onKeyDown}
    >
      <span className={styles['hidden']}>{children}</span>
    </span>
  );
}
