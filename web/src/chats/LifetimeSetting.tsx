import type { ChatSummary } from '@dialog/shared/chats';
import { MESSAGE_LIFETIMES, type MessageLifetime } from '@dialog/shared/messages.values';
import { Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Select } from '../ui/Select.tsx';
import { toast } from '../ui/toast.ts';
import styles from './ChatDetails.module.css';
import { lifetimeText } from './lifetimes.ts';
import { mayManage } from './members.store.ts';
import { useChats } from './useChats.ts';

/** Whether messages disappear, and after how long; in groups it is their managers' to say. */
export function LifetimeSetting({ summary: { chat, role } }: { readonly summary: ChatSummary }): ReactNode {
  const { t, i18n } = useTranslation('chats');
  const { actions } = useChats();
  const errorText = useErrorText();
  const seconds = chat.messageLifetimeSeconds;
  const isMine = chat.kind === 'direct' || mayManage(role);
  const options = [
    { value: 'off', label: t('lifetimeOff') },
    ...MESSAGE_LIFETIMES.map((one) => ({ value: String(one), label: lifetimeText(one, i18n.language) })),
  ];

  function choose(value: string): void {
    const chosen: MessageLifetime | null = MESSAGE_LIFETIMES.find((one) => String(one) === value) ?? null;
    actions
      .setMessageLifetime(chat.id, chosen)
      .catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  }

  return (
    <div className={styles['setting']}>
      <Select
        label={t('lifetime')}
        value={String(seconds ?? 'off')}
        options={options}
        onChange={choose}
        isDisabled={!isMine}
        lead={<Timer aria-hidden="true" />}
      />
      <p className={styles['settingHint']}>{t(isMine ? 'lifetimeHint' : 'lifetimeNotMine')}</p>
    </div>
  );
}
