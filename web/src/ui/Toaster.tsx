import { CircleAlert, CircleCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { classes } from './classes.ts';
import { dismissToast, type Toast, toastStore } from './toast.ts';
import styles from './Toaster.module.css';

/** Stands once, at the end of the page. */
export function Toaster(): ReactNode {
  const { t } = useTranslation('ui');
  const toasts = useStore(toastStore, ({ toasts: shown }) => shown);
  return (
    <section className={styles['toaster']} aria-live="polite" aria-label={t('notices')}>
      {toasts.map((toast) => (
        <div key={toast.id} className={classes(styles['toast'], toast.kind !== 'plain' && styles[toast.kind])}>
          {iconOf(toast.kind)}
          <span className={styles['text']}>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              className={styles['action']}
              onClick={() => {
                toast.action?.run();
                dismissToast(toast.id);
              }}
            >
              {toast.action.label}
            </button>
          )}
          <button
            type="button"
            className={styles['close']}
            aria-label={t('close')}
            onClick={() => dismissToast(toast.id)}
          >
            <X aria-hidden="true" />
          </button>
        </div>
      ))}
    </section>
  );
}

function iconOf(kind: Toast['kind']): ReactNode {
  if (kind === 'success') return <CircleCheck aria-hidden="true" />;
  return kind === 'danger' ? <CircleAlert aria-hidden="true" /> : null;
}
