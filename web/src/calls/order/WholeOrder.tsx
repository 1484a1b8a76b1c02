import { callModerationRoutes } from '@dialog/shared/calls.moderation';
import type { UserId } from '@dialog/shared/contract/values';
import { PhoneOff, UserCheck } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../platform/useErrorText.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { toast } from '../../ui/toast.ts';
import { useActive, useCalls } from '../useCalls.ts';
import { useNameOf, useNames, useOrder, useOrderState } from './useOrder.ts';

/** Beside "leave", for those who keep order: the end for all, and the way back for whoever was removed. */
export function WholeOrder({ onEnd }: { readonly onEnd: () => void }): ReactNode {
  const { t } = useTranslation('calls');
  const { call } = useCalls();
  const order = useOrder();
  const errorText = useErrorText();
  const nameOf = useNameOf();
  const callId = useActive((active) => active.callId);
  const removed = useOrderState((state) => state.removed);
  useNames(removed);
  useEffect(() => void order.loadRemoved(callId), [order, callId]);
  const admit = (userId: UserId): void =>
    void call(callModerationRoutes.admitToCallAgain, { params: { callId, userId } }).catch((failure: unknown) =>
      toast(errorText(failure), { kind: 'danger' }),
    );
  return (
    <>
      <MenuSeparator />
      {removed.map((userId) => (
        <MenuItem key={userId} icon={<UserCheck />} onSelect={() => admit(userId)}>
          {t('order-letNameBackIn', { name: nameOf(userId) })}
        </MenuItem>
      ))}
      <MenuItem icon={<PhoneOff />} isDanger onSelect={onEnd}>
        {t('order-end')}
      </MenuItem>
    </>
  );
}

export function EndDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('calls');
  const { call } = useCalls();
  const errorText = useErrorText();
  const callId = useActive((active) => active.callId);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('order-endTitle')}
      text={t('order-endText')}
      confirmLabel={t('order-end')}
      isDanger
      onConfirm={() => call(callModerationRoutes.endCall, { params: { callId } })}
      errorText={errorText}
    />
  );
}
