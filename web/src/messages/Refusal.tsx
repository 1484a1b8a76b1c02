import type { MessageId } from '@dialog/shared/contract/values';
import { MessageId as MessageIdSchema } from '@dialog/shared/contract/values';
import { RotateCw, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type ApiErrorCode } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Refusal.module.css';
import { useMessages } from './useMessages.ts';

/** A message the server refused for good: why, and the two ways out. */
export function Refusal({ id, code }: { readonly id: string; readonly code: ApiErrorCode }): ReactNode {
  const { t } = useTranslation('messages');
  const { outbox } = useMessages();
  const errorText = useErrorText();
  const messageId: MessageId = MessageIdSchema.parse(id);
  return (
    <div className={styles['refusal']} role="alert">
      <p className={styles['sentence']}>{errorText(new ApiError(code))}</p>
      <div className={styles['acts']}>
        <Button
          kind="quiet"
          size="s"
          icon={<RotateCw aria-hidden="true" />}
          onClick={() => void outbox.retry(messageId)}
        >
          {t('retry')}
        </Button>
        <Button
          kind="dangerQuiet"
          size="s"
          icon={<Trash2 aria-hidden="true" />}
          onClick={() => void outbox.remove(messageId)}
        >
          {t('delete')}
        </Button>
      </div>
    </div>
  );
}
