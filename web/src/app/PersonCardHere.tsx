import type { UserId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { openCall } from '../calls/openCall.ts';
import { useCalls } from '../calls/useCalls.ts';
import { PersonCard } from '../chats/PersonCard.tsx';
import { closePersonCard } from '../users/personCard.ts';
import { CardActsHere } from './PersonActsHere.tsx';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** The card of somebody with what this app has to offer there. */
export function PersonCardHere({ userId }: { readonly userId: UserId }): ReactNode {
  const { router } = useApp();
  const { profile } = useSession();
  const { own } = useCalls();
  return (
    <PersonCard
      userId={userId}
      onClose={closePersonCard}
      read={profile.read}
      onOpenChat={(chatId) => router.go({ name: 'chat', chatId })}
      onCall={(chatId, hasCamera) => {
        closePersonCard();
        openCall(own, { chatId, hasCamera });
      }}
      renderActs={(user) => <CardActsHere user={user} />}
      onEdit={() => {
        closePersonCard();
        router.go({ name: 'settings', section: 'profile' });
      }}
    />
  );
}
