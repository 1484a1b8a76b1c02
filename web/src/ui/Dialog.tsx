import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from './classes.ts';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the one that does it last. */
  readonly footer?: ReactNode;
  readonly size?: 'm' | 'l';
  /** Where the focus goes first, when not to the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
}

/** Holds the focus, closes on Escape and on a press beside it, gives the focus back. */
export function Dialog(props: DialogProps): ReactNode {
  const { isOpen, onClose, title, description, children, footer, size = 'm', initialFocus } = props;
  const { t } = useTranslation('ui');
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Viewport className={styles['viewport']}>
          <Base.Popup className={classes(styles['popup'], size === 'l' && styles['wide'])} initialFocus={initialFocus}>
            <div className={styles['head']}>
              <div className={styles['titles']}>
                <Base.Title className={styles['title']}>{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className={styles['description']}>{description}</Base.Description>
                )}
              </div>
              <IconButton size="s" label={t('close')} hasTooltip={false} onClick={onClose}>
                <X />
              </IconButton>
            </div>
            {children !== undefined && <div className={styles['body']}>{children}</div>}
            {footer !== undefined && <div className={styles['footer']}>{footer}</div>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
