import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChatId } from '@dialog/shared/contract/values';
import { Switch } from '../../ui/Switch.tsx';
import { useCalls } from '../useCalls.ts';
import { canSeal } from './cannotSeal.ts';
import { wantSealing, wantsSealing } from './wantsSealing.ts';

/** In the lobby of a group call that one starts: whether it is sealed from end to end, and what that costs. */
export function SealingSwitch({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('calls');
  const chats = useStore(useCalls().chats.store, ({ list }) => list.chats);
  const [isWanted, setWanted] = useState(wantsSealing);
  if (!canSeal() || chats.get(chatId)?.summary.chat.kind !== 'group') return null;
  return (
    <Switch
      label={t('sealing-switch')}
      hint={t('sealing-price')}
      isOn={isWanted}
      onChange={(isOn) => {
        wantSealing(isOn);
        setWanted(isOn);
      }}
    />
  );
}
