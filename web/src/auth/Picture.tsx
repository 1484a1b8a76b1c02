import type { ReactNode } from 'react';
import styles from './Picture.module.css';

/** A conversation without words, with a call beside it. Decoration. */
export function Picture(): ReactNode {
  return (
    <svg className={styles['picture']} viewBox="0 0 520 440" aria-hidden="true">
      <g className={styles['far']}>
        <circle cx="430" cy="70" r="150" />
        <circle cx="80" cy="400" r="120" />
      </g>
      <g className={styles['card']}>
        <rect x="56" y="44" width="330" height="352" rx="22" />
        <line x1="56" y1="104" x2="386" y2="104" />
      </g>
      <g className={styles['rose']}>
        <circle cx="90" cy="74" r="15" />
      </g>
      <rect className={styles['line']} x="116" y="62" width="96" height="9" rx="4.5" />
      <rect className={styles['faint']} x="116" y="79" width="60" height="7" rx="3.5" />
      <Bubble y={128} width={190} lines={[150, 104]} />
      <Bubble y={196} width={132} lines={[92]} isMine />
      <Bubble y={244} width={216} lines={[176, 132]} isMine />
      <Bubble y={312} width={160} lines={[120]} />
      <g className={styles['typing']}>
        <circle cx="96" cy="372" r="4" />
        <circle cx="110" cy="372" r="4" />
        <circle cx="124" cy="372" r="4" />
      </g>
      <g className={styles['call']}>
        <rect x="290" y="304" width="176" height="128" rx="18" />
        <Tile x={302} y={316} tone="teal" />
        <Tile x={382} y={316} tone="amber" />
        <Tile x={302} y={364} tone="rose" />
        <Tile x={382} y={364} tone="violet" />
      </g>
      <g className={styles['speaking']}>
        <rect x="302" y="316" width="72" height="40" rx="9" />
      </g>
      <g className={styles['leave']}>
        <rect x="362" y="411" width="32" height="12" rx="6" />
      </g>
    </svg>
  );
}

interface BubbleProps {
  readonly y: number;
  readonly width: number;
  /** Lengths of the lines of text. */
  readonly lines: readonly number[];
  readonly isMine?: boolean;
}

function Bubble({ y, width, lines, isMine = false }: BubbleProps): ReactNode {
  const x = isMine ? 366 - width : 76;
  return (
    <g className={isMine ? styles['mine'] : styles['theirs']}>
      <rect x={x} y={y} width={width} height={16 + lines.length * 18} rx="13" />
      {lines.map((length, index) => (
        <rect
          key={length}
          className={styles['words']}
          x={x + 16}
          y={y + 14 + index * 18}
          width={length}
          height="7"
          rx="3.5"
        />
      ))}
    </g>
  );
}

interface TileProps {
  readonly x: number;
  readonly y: number;
  readonly tone: 'teal' | 'amber' | 'rose' | 'violet';
}

function Tile({ x, y, tone }: TileProps): ReactNode {
  return (
    <g className={styles[tone]}>
      <rect className={styles['tile']} x={x} y={y} width="72" height="40" rx="9" />
      <circle cx={x + 36} cy={y + 15} r="7" />
      <path d={`M${x + 21} ${y + 40}c0-9 7-14 15-14s15 5 15 14z`} />
    </g>
  );
}
