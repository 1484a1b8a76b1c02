import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { KEYS } from './callKeys.ts';
import styles from './Pager.module.css';
import type { Rect } from './placing.ts';
import { useStage, useStageState } from './useStage.ts';

interface PagerProps {
  readonly place: Rect;
  readonly pages: number;
}

/** Turns the pages of tiles. */
export function Pager({ place: { x, y, width, height }, pages }: PagerProps): ReactNode {
  const { t } = useTranslation('stage');
  const stage = useStage();
  const page = useStageState((state) => state.page);
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
        onClick={() => stage.turnTo(page - 1)}
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
        onClick={() => stage.turnTo(page + 1)}
      >
        <ChevronRight className={styles['arrow']} />
      </IconButton>
    </nav>
  );
}
