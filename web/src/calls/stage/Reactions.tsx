import { Plus, Smile, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { EmojiPicker } from '../../emoji/EmojiPicker.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './Reactions.module.css';
import { useReturnedFocus } from './useReturnedFocus.ts';
import { useReactions } from './useStage.ts';

/** What people say most without words. */
const USUAL = ['👍', '❤️', '😂', '🎉', '👏', '😮'];

export function ReactButton({
  isOpen,
  onPress,
}: {
  readonly isOpen: boolean;
  readonly onPress: () => void;
}): ReactNode {
  const { t } = useTranslation('stage');
  return (
    <IconButton label={t('react')} aria-expanded={isOpen} aria-pressed={isOpen} onClick={onPress}>
      <Smile />
    </IconButton>
  );
}

/** Stays open, since applause is more than one pair of hands. */
export function ReactionBar({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('stage');
  const reactions = useReactions();
  const bar = useRef<HTMLDivElement>(null);
  useReturnedFocus(bar, 'button');
  return (
    <div ref={bar} className={styles['bar']} role="toolbar" aria-label={t('react')}>
      {USUAL.map((emoji) => (
        <button
          key={emoji}
          type="button"
          className={styles['emoji']}
          aria-label={t('reactWith', { emoji })}
          onClick={() => reactions.send(emoji)}
        >
          {emoji}
        </button>
      ))}
      <EmojiPicker
        trigger={
          <IconButton size="s" label={t('moreEmoji')} hasTooltip={false}>
            <Plus />
          </IconButton>
        }
        onPick={reactions.send}
      />
      <IconButton size="s" label={t('closeReactions')} hasTooltip={false} onClick={onClose}>
        <X />
      </IconButton>
    </div>
  );
}

/** The emoji that float over one tile. */
export function Floating({ identity }: { readonly identity: string }): ReactNode {
  const floating = useStore(useReactions().store, (all) => all.get(identity));
  if (!floating) return null;
  return (
    <span className={styles['floating']} aria-hidden="true">
      {floating.map(({ id, emoji }) => (
        <span key={id} className={styles['float']} style={{ '--lane': id % LANES }}>
          {emoji}
        </span>
      ))}
    </span>
  );
}

/** Beside each other, so that none hides another. */
const LANES = 5;
