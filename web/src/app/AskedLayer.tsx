import { type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { closeWantedInvites, wantedInvitesStore } from '../chats/wantedInvites.ts';
import { askedBlockStore, closeAskedBlock } from '../people/askedBlock.ts';
import { usePeopleIf } from '../people/usePeople.ts';
import { lazy } from '../platform/late.ts';
import { useSession } from './useSession.ts';

const BlockDialog = lazy(async () => ({ default: (await import('../people/BlockDialog.tsx')).BlockDialog }));
const InvitesDialog = lazy(async () => ({ default: (await import('../invites/InvitesDialog.tsx')).InvitesDialog }));

/** Dialogs that were asked for in a menu or a notice, and outlive it. */
export function AskedLayer(): ReactNode {
  const { invites } = useSession();
  const chatId = useStore(wantedInvitesStore, (wanted) => wanted.chatId);
  const user = useStore(askedBlockStore, (asked) => asked.user);
  const people = usePeopleIf(user !== null);
  return (
    <Suspense>
      {people && user && <BlockDialog isOpen onClose={closeAskedBlock} user={user} people={people} />}
      {chatId !== null && <InvitesDialog onClose={closeWantedInvites} chatId={chatId} invites={invites} />}
    </Suspense>
  );
}
