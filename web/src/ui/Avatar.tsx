import { type ReactNode, useState } from 'react';
import styles from './Avatar.module.css';
import { classes } from './classes.ts';
import { hueOf, initialsOf } from './initials.ts';

export type AvatarDot = 'online' | 'away' | 'doNotDisturb' | 'invisible';

interface AvatarProps {
  readonly name: string;
  /** Whose: gives each person and chat a colour that stays. */
  readonly id: string;
  /** Pixels. */
  readonly size?: number;
  /** How this person is: each state has a shape of its own, not a colour alone. Say it in words beside. */
  readonly dot?: AvatarDot | undefined;
  readonly isGroup?: boolean;
  /** Where a picture of it is, shown instead of letters once it is there. */
  readonly picture?: string | undefined;
  /** Drawn instead of letters. */
  readonly sign?: ReactNode;
}

/** Decoration beside a name; where it stands alone, label what surrounds it. */
export function Avatar({ name, id, size = 40, dot, isGroup = false, picture, sign }: AvatarProps): ReactNode {
  const look = classes(styles['avatar'], styles[`hue${hueOf(id)}`], dot && styles[dot], isGroup && styles['group']);
  return (
    <span
      className={look}
      style={{ '--avatar-size': `${size}px` }}
      // Drawn and not written: letters that nobody says, copies or finds.
      data-initials={sign === undefined ? initialsOf(name) : ''}
      aria-hidden="true"
    >
      {sign}
      {picture !== undefined && <Picture key={picture} source={picture} />}
    </span>
  );
}

/** Until it is there, and when it does not come, the letters stay. */
function Picture({ source }: { readonly source: string }): ReactNode {
  const [isGone, setGone] = useState(false);
  if (isGone) return null;
  return (
    <img
      className={styles['picture']}
      src={source}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setGone(true)}
    />
  );
}
