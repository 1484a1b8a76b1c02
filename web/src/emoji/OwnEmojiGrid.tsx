import type { ReactNode } from 'react';
import styles from './EmojiPicker.module.css';
import { OwnEmojiSign } from './EmojiSign.tsx';
import { useOwnEmoji } from './ownEmoji.ts';

/** The emoji that this chat alone has. */
export function OwnEmojiGrid({ onPick }: { readonly onPick: (emoji: string) => void }): ReactNode {
  const own = [...useOwnEmoji().values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return (
    <div className={styles['own']}>
      {own.map((emoji) => (
        <button key={emoji.name} type="button" className={styles['emoji']} onClick={() => onPick(`:${emoji.name}:`)}>
          <OwnEmojiSign emoji={emoji} />
        </button>
      ))}
    </div>
  );
}
