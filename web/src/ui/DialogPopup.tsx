import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from './classes.ts';
import type { DialogProps } from './Dialog.tsx';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';
import { usePopupHome } from './popupHome.ts';

/** The heavy half of `Dialog`. */
export function DialogPopup(props: DialogProps): ReactNode {
  const { isOpen, onClose, title, description, children, footer, size = 'm', initialFocus } = props;
  const home = usePopupHome();
  const { t } = useTranslation('ui');
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal container={home}>
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
