import { type ReactNode, useEffect, useRef, useState } from 'react';
import { CallTile } from './CallTile.tsx';
import { gridFor, type Tile } from './layout.ts';
import styles from './TileGrid.module.css';

/** As in the stylesheet. */
const GAP_PX = 8;

interface TileGridProps {
  readonly tiles: readonly Tile[];
  /** Beside a large tile: one row or column that scrolls. */
  readonly isStrip: boolean;
  readonly label: string;
}

/** All tiles alike, in as many columns as make them largest. */
export function TileGrid({ tiles, isStrip, label }: TileGridProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!list.current) return undefined;
    const observer = new ResizeObserver(
      ([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }),
    );
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  const { columns, width, height } = gridFor(tiles.length, { ...size, gap: GAP_PX });
  const tileSize = { '--columns': columns, '--tile-width': `${width}px`, '--tile-height': `${height}px` };
  return (
    <ul ref={list} className={isStrip ? styles['strip'] : styles['grid']} style={tileSize} aria-label={label}>
      {tiles.map((tile) => (
        <CallTile key={tile.id} tile={tile} />
      ))}
    </ul>
  );
}
