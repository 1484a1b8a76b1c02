import { type Gif, gifPicturePath } from '@dialog/shared/gifs';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnimatedPicture } from '../attachments/AnimatedPicture.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import { beside, type Direction, intoColumns } from './columns.ts';
import styles from './GifPanel.module.css';

interface GifGridProps {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly gifs: readonly Gif[];
  readonly taking: Gif | undefined;
  readonly onPick: (gif: Gif) => void;
  /** Asks for more when the end comes near; undefined when this is all. */
  readonly onEnd: (() => void) | undefined;
}

/** Pictures in columns, each in its own shape, one of them in the order of the Tab key: arrows go from one to the next. */
export function GifGrid({ grid, gifs, taking, onPick, onEnd }: GifGridProps): ReactNode {
  const { t } = useTranslation('gifs');
  const columns = useMemo(() => intoColumns(gifs), [gifs]);
  const [active, setActive] = useState(0);

  function move(event: KeyboardEvent<HTMLElement>): void {
    if (!isArrow(event.key)) return;
    event.preventDefault();
    const next = beside(columns, active, event.key);
    if (next !== undefined) grid.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
    else if (event.key === 'ArrowUp') grid.current?.closest('[role="tabpanel"]')?.querySelector('input')?.focus();
  }

  return (
    <div ref={grid} className={styles['scroll']}>
      <section className={styles['columns']} aria-label={t('pictures')}>
        {columns.map((cells, column) => (
          <div key={cells[0]?.gif.id ?? column} className={styles['column']}>
            {cells.map(({ gif, index }) => (
              <button
                key={gif.id}
                type="button"
                className={styles['cell']}
                style={{ aspectRatio: `${gif.width} / ${gif.height}` }}
                aria-label={gif.title || t('untitled')}
                aria-busy={taking === gif}
                data-index={index}
                tabIndex={index === Math.min(active, gifs.length - 1) ? 0 : -1}
                onFocus={() => setActive(index)}
                onKeyDown={move}
                onClick={() => onPick(gif)}
              >
                <AnimatedPicture src={gifPicturePath(gif)} />
                {taking === gif && (
                  <span className={styles['taking']}>
                    <Spinner />
                  </span>
                )}
              </button>
            ))}
          </div>
        ))}
      </section>
      {onEnd && <End key={gifs.length} onSeen={onEnd} />}
    </div>
  );
}

function isArrow(key: string): key is Direction {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight';
}

/** Below all: seen, it asks for the next page before one gets there. */
function End({ onSeen }: { readonly onSeen: () => void }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), { rootMargin: '300px' });
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, [onSeen]);
  return <div ref={place} className={styles['end']} />;
}
