import type { UserId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { PersonCard } from '../chats/PersonCard.tsx';
import { closePersonCard } from '../users/personCard.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** The card of somebody with what this app has to offer there. */
export function PersonCardHere({ userId }: { readonly userId: UserId }): ReactNode {
  const { router } = useApp();
  const { profile } = useSession();
  return (
    <PersonCard
      userId={userId}
      onClose={closePersonCard}
      read={profile.read}
      onOpenChat={(chatId) => router.go({ name: 'chat', chatId })}
      onEdit={() => {
        closePersonCard();
        router.go({ name: 'settings', section: 'profile' });
      }}
    />
  );
}
