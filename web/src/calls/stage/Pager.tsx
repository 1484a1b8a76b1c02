import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { KEYS } from './callKeys.ts';
import styles from './Pager.module.css';
import type { Rect } from './placing.ts';

interface PagerProps {
  readonly place: Rect;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly onTurn: (page: number) => void;
}

/** Turns the pages of tiles. */
export function Pager({ place: { x, y, width, height }, page, pages, onTurn }: PagerProps): ReactNode {
  const { t } = useTranslation('stage');
  return (
    <nav
      className={styles['pager']}
      aria-label={t('pages')}
      style={{ insetInlineStart: x, insetBlockStart: y, inlineSize: width, blockSize: height }}
    >
      <IconButton
        size="s"
        label={t('previousPage')}
        keys={KEYS.previousPage}
        disabled={page === 0}
        onClick={() => onTurn(page - 1)}
      >
        <ChevronLeft className={styles['arrow']} />
      </IconButton>
      <output className={styles['at']}>
        <span className="visually-hidden">{t('pageOf', { page: page + 1, pages })}</span>
        <span aria-hidden="true">{`${page + 1}/${pages}`}</span>
      </output>
      <IconButton
        size="s"
        label={t('nextPage')}
        keys={KEYS.nextPage}
        disabled={page >= pages - 1}
        onClick={() => onTurn(page + 1)}
      >
        <ChevronRight className={styles['arrow']} />
      </IconButton>
    </nav>
  );
}
