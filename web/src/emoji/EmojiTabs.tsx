import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './EmojiPicker.module.css';
import { OwnEmojiGrid } from './OwnEmojiGrid.tsx';
import { useOwnEmoji } from './ownEmoji.ts';

interface EmojiTabsProps {
  readonly onPick: (emoji: string) => void;
  /** Those that everyone has. */
  readonly children: ReactNode;
}

const TABS = ['all', 'own'] as const;

/** Beside the emoji that everyone has those of this chat, where it has any. */
export function EmojiTabs({ onPick, children }: EmojiTabsProps): ReactNode {
  const { t } = useTranslation('emoji');
  const [tab, setTab] = useState<(typeof TABS)[number]>('all');
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  if (useOwnEmoji().size === 0) return children;

  function press({ key }: KeyboardEvent): void {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const next = tab === 'all' ? 'own' : 'all';
    setTab(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }

  return (
    <div className={styles['panel']}>
      <div ref={list} className={styles['tabs']} role="tablist" aria-label={t('title')}>
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-${one}`}
            aria-controls={`${id}-panel`}
            className={styles['tab']}
            data-tab={one}
            aria-selected={one === tab}
            tabIndex={one === tab ? 0 : -1}
            onClick={() => setTab(one)}
            onKeyDown={press}
          >
            {t(one === 'all' ? 'ofEveryone' : 'ofThisChat')}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} className={styles['tabPanel']} role="tabpanel" aria-labelledby={`${id}-${tab}`}>
        {tab === 'all' ? children : <OwnEmojiGrid onPick={onPick} />}
      </div>
    </div>
  );
}
