import { type ReactNode, useMemo } from 'react';
import { encode } from 'uqr';
import styles from './QrCode.module.css';

interface QrCodeProps {
  /** What a camera reads in it. */
  readonly text: string;
  /** What it is, for who cannot see it. */
  readonly label: string;
}

/** A square of dark on light whatever the theme: not every camera reads it the other way round. */
export function QrCode({ text, label }: QrCodeProps): ReactNode {
  const { size, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg className={styles['code']} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

/** One path: a run of dark squares in a row is one stroke. */
function drawn(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const strokes: string[] = [];
  for (const [y, row] of data.entries()) {
    let x = 0;
    while (x < size) {
      const start = x;
      while (row[x]) x += 1;
      if (x > start) strokes.push(`M${start} ${y}h${x - start}v1h${start - x}z`);
      x += 1;
    }
  }
  return { size, path: strokes.join('') };
}
