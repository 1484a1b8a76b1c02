import { HandHelping, MicOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { useActive } from '../useCalls.ts';
import styles from './OrderNotes.module.css';
import { useNameOf, useNames, useOrder, useOrderState } from './useOrder.ts';

/** On the stage: that somebody muted me or asks me to unmute, and that it is I who decide. */
export function OrderNotes(): ReactNode {
  const { t } = useTranslation('calls');
  const order = useOrder();
  const { mutedBy, askedBy } = useOrderState((state) => state);
  // Seen at the media server; by whom our server tells.
  const isSilenced = useActive((call) => call.isSilenced);
  const nameOf = useNameOf();
  useNames([mutedBy, askedBy].filter((one) => one !== null));
  if (askedBy)
    return (
      <Banner
        isRounded
        kind="warning"
        icon={<HandHelping aria-hidden="true" />}
        action={
          <span className={styles['actions']}>
            <Button size="s" kind="primary" onClick={order.unmute}>
              {t('unmute')}
            </Button>
            <Button size="s" onClick={order.stayMuted}>
              {t('order-stayMuted')}
            </Button>
          </span>
        }
      >
        {t('order-asksYou', { by: nameOf(askedBy) })}
      </Banner>
    );
  if (!mutedBy && !isSilenced) return null;
  return (
    <Banner
      isRounded
      icon={<MicOff aria-hidden="true" />}
      action={
        <Button size="s" onClick={order.unmute}>
          {t('unmute')}
        </Button>
      }
    >
      {t('order-mutedYou', { by: mutedBy ? nameOf(mutedBy) : t('order-somebody') })}
    </Banner>
  );
}
