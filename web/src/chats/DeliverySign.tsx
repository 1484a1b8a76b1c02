import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './DeliverySign.module.css';
import type { DeliveryState } from './deliveryState.ts';

const SIGNS = { waiting: Clock3, refused: CircleAlert, sent: Check, delivered: CheckCheck, read: CheckCheck } as const;

/** A sign beside the time; its word is for screen readers and the tooltip. */
export function DeliverySign({ state }: { readonly state: DeliveryState }): ReactNode {
  const { t } = useTranslation('chats');
  const Sign = SIGNS[state];
  const word = t(`state_${state}`);
  return (
    <span className={styles['sign']} data-state={state} title={word}>
      <Sign aria-hidden="true" />
      <span className="visually-hidden">{word}</span>
    </span>
  );
}
