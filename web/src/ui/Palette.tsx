import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import styles from './Palette.module.css';

interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** For screen readers; what is seen begins with the field. */
  readonly title: string;
  readonly initialFocus: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** A dialog near the top of the page that is a field and what it finds; the whole page on a phone. */
export function Palette({ isOpen, onClose, title, initialFocus, children }: PaletteProps): ReactNode {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Viewport className={styles['viewport']}>
          <Base.Popup className={styles['popup']} initialFocus={initialFocus}>
            <Base.Title className="visually-hidden">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
