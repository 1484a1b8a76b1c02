import type { ReactNode } from 'react';
import styles from './EmojiSign.module.css';
import { type OwnEmoji, ownNameIn, useOwnEmoji } from './ownEmoji.ts';

/** An emoji as it is looked at: a letter, or a picture where its name is known; else the name that was written. */
export function EmojiSign({ emoji }: { readonly emoji: string }): ReactNode {
  const name = ownNameIn(emoji);
  const own = useOwnEmoji().get(name ?? '');
  return own ? <OwnEmojiSign emoji={own} /> : emoji;
}

/** As large as the letters around it. It stands still for who wants less motion. */
export function OwnEmojiSign({ emoji: { name, still, moving } }: { readonly emoji: OwnEmoji }): ReactNode {
  const sign = `:${name}:`;
  const picture = (
    <img
      className={styles['sign']}
      src={moving ?? still}
      alt={sign}
      title={sign}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  );
  if (moving === undefined) return picture;
  return (
    <picture>
      <source media="(prefers-reduced-motion: reduce)" srcSet={still} />
      {picture}
    </picture>
  );
}
