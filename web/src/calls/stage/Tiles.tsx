import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CallTile } from './CallTile.tsx';
import { Pager } from './Pager.tsx';
import { place } from './placing.ts';
import styles from './Tiles.module.css';
import { useBox } from './useBox.ts';
import { usePageSwipe } from './usePageSwipe.ts';
import { useStage, useStageState } from './useStage.ts';

/** All pictures of one page, where they belong. Only these are taken from the network. */
export function Tiles(): ReactNode {
  const { t } = useTranslation('calls');
  const stage = useStage();
  const layout = useStageState((state) => state.layout);
  const page = useStageState((state) => state.page);
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const placing = useMemo(() => box && place(layout, box, page), [layout, box, page]);
  useEffect(() => {
    if (placing) stage.fit(placing.fit);
  }, [stage, placing]);
  usePageSwipe(area, placing?.pages ?? 1);
  return (
    <div ref={area} className={styles['area']}>
      {placing && (
        <ul className={styles['tiles']} aria-label={t('people')}>
          {placing.tiles.map((tile) => (
            <CallTile key={tile.id} {...tile} />
          ))}
        </ul>
      )}
      {placing?.pager && <Pager place={placing.pager} page={page} pages={placing.pages} onTurn={stage.turnTo} />}
    </div>
  );
}
