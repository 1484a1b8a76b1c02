import { type ReactNode, useEffect, useState } from 'react';
import { AttachmentsContext } from '../attachments/useAttachments.ts';
import { ConfirmLayer } from '../auth/ConfirmLayer.tsx';
import { CallsContext } from '../calls/useCalls.ts';
import { ChatsContext } from '../chats/useChats.ts';
import { MessagesContext } from '../messages/useMessages.ts';
import { PeopleContext } from '../people/usePeople.ts';
import { Toaster } from '../ui/Toaster.tsx';
import type { Me } from './account.ts';
import { openSession, type Session } from './session.ts';
import { Shell } from './Shell.tsx';
import { ShellSkeleton } from './ShellSkeleton.tsx';
import { useApp } from './useApp.ts';
import { SessionContext } from './useSession.ts';

/** All that a signed-in person sees. */
export function Inside({ me }: { readonly me: Me }): ReactNode {
  const session = useOpenSession(me);
  if (!session) return <ShellSkeleton />;
  return (
    <SessionContext value={session}>
      <ChatsContext value={session.chats}>
        <AttachmentsContext value={session.attachments}>
          <MessagesContext value={session.messages}>
            <CallsContext value={session.calls}>
              <PeopleContext value={session.people}>
                <Shell />
              </PeopleContext>
              <ConfirmLayer confirming={session.confirming} call={session.call} userName={me.user.userName} />
              <Toaster />
            </CallsContext>
          </MessagesContext>
        </AttachmentsContext>
      </ChatsContext>
    </SessionContext>
  );
}

function useOpenSession(me: Me): Session | undefined {
  const { account } = useApp();
  const [session, setSession] = useState<Session>();
  useEffect(() => {
    const opening = openSession(me, account);
    let isCurrent = true;
    void opening.then((opened) => isCurrent && setSession(opened));
    return () => {
      isCurrent = false;
      setSession(undefined);
      void opening.then((opened) => opened.end());
    };
  }, [me, account]);
  return session;
}
