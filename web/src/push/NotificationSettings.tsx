import type { ChatId } from '@dialog/shared/contract/values';
import type { NotificationSettings as Chosen } from '@dialog/shared/settings.values';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useChats } from '../chats/useChats.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import type { SettingsActions } from '../settings/settings.ts';
import { toast } from '../ui/toast.ts';
import { DeviceSection } from './DeviceSection.tsx';
import { ExceptionsSection } from './ExceptionsSection.tsx';
import { InstallSection } from './InstallSection.tsx';
import type { Push } from './push.ts';
import { QuietSection, SoundSection, WhatSection } from './TellingSections.tsx';

interface NotificationSettingsProps {
  readonly push: Push;
  readonly settings: SettingsActions;
  readonly onOpenChat: (chatId: ChatId) => void;
}

/** All about being told of things: here, and everywhere. */
export function NotificationSettings({ push, settings, onOpenChat }: NotificationSettingsProps): ReactNode {
  const errorText = useErrorText();
  const value = useStore(useChats().sync.store, ({ list }) => list.settings.notifications);
  function change(notifications: Partial<Chosen>): void {
    settings.change({ notifications }).catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  }
  return (
    <>
      <DeviceSection push={push} />
      <InstallSection />
      <WhatSection value={value} onChange={change} />
      <QuietSection value={value} onChange={change} />
      <SoundSection value={value} onChange={change} sounds={push.sounds} />
      <ExceptionsSection onOpen={onOpenChat} />
    </>
  );
}
