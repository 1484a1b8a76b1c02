import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../ui/toast.ts';
import { useNameOf } from '../order/useOrder.ts';
import { useActive, useChatName } from '../useCalls.ts';

/** Says that the call I am in is a larger one from now on, and who made it so. */
export function LedNotice(): ReactNode {
  const { t } = useTranslation('lobby');
  const ledBy = useActive((call) => call.ledBy);
  const title = useChatName(useActive((call) => call.chatId));
  const by = useNameOf();
  const text = ledBy && t('add-led', { by: by(ledBy), title });
  useEffect(() => {
    if (text) toast(text);
  }, [text]);
  return null;
}
