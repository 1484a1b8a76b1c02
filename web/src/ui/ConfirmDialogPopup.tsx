import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import type { ConfirmDialogProps } from './ConfirmDialog.tsx';
import styles from './Dialog.module.css';
import { Failure } from './Failure.tsx';
import { usePopupHome } from './popupHome.ts';

/** The heavy half of `ConfirmDialog`. */
export function ConfirmDialogPopup(props: ConfirmDialogProps): ReactNode {
  const { isOpen, onClose, title, text, confirmLabel, isDanger = false, onConfirm, errorText } = props;
  const { t } = useTranslation('ui');
  const home = usePopupHome();
  const cancel = useRef<HTMLButtonElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  function close(): void {
    setError(undefined);
    onClose();
  }

  async function confirm(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(errorText(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && !isBusy && close()}>
      <Base.Portal container={home}>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Viewport className={styles['viewport']}>
          <Base.Popup className={styles['popup']} initialFocus={cancel}>
            <div className={styles['head']}>
              <div className={styles['titles']}>
                <Base.Title className={styles['title']}>{title}</Base.Title>
                <Base.Description className={styles['description']}>{text}</Base.Description>
              </div>
            </div>
            <div className={styles['failure']}>
              <Failure text={error} />
            </div>
            <div className={styles['footer']}>
              <Button ref={cancel} disabled={isBusy} onClick={close}>
                {t('cancel')}
              </Button>
              <Button kind={isDanger ? 'danger' : 'primary'} isBusy={isBusy} onClick={() => void confirm()}>
                {confirmLabel}
              </Button>
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
