import type { WantedWord } from '@dialog/shared/words';
import { type ReactNode, useMemo } from 'react';
import styles from './Excerpt.module.css';
import { excerptOf } from './excerpt.ts';

interface ExcerptProps {
  readonly text: string;
  readonly wanted: readonly WantedWord[];
  /** Before the text: who said it. */
  readonly lead?: ReactNode;
}

/** Two lines of a message around what was looked for, which is marked. */
export function Excerpt({ text, wanted, lead }: ExcerptProps): ReactNode {
  const parts = useMemo(() => excerptOf(text, wanted), [text, wanted]);
  return (
    <span className={styles['excerpt']}>
      {lead}
      <bdi>
        {parts.map(({ text: part, isMarked }, at) =>
          isMarked ? (
            // oxlint-disable-next-line react/no-array-index-key -- the same words come again; their order is all they have
            <mark key={at} className={styles['mark']}>
              {part}
            </mark>
          ) : (
            part
          ),
        )}
      </bdi>
    </span>
  );
}
