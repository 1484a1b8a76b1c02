import type { ReactNode } from 'react';
import { useLate } from '../platform/late.ts';
import { InvisibleHint } from '../presence/InvisibleHint.tsx';
import { NotifyLayer } from '../push/NotifyLayer.tsx';
import { PushCard } from '../push/PushCard.tsx';
import { pathOf } from './router.ts';
import { UpdateNote } from './UpdateNote.tsx';
import { usePlace } from './useApp.ts';
import { useSession } from './useSession.ts';
import { useSignInNotice } from './useSignInNotice.ts';
import { useWorkerPlaces } from './useWorkerPlaces.ts';

/** Below the chats, and all that begins once the first screen stands: an update, a question, what one is told of. */
export function SidebarNotes(): ReactNode {
  const place = usePlace();
  const session = useSession();
  const { chats, settings } = session;
  const push = useLate(session.push);
  useWorkerPlaces();
  useSignInNotice();
  return (
    <>
      {push && (
        <>
          <NotifyLayer
            push={push}
            spot={place.name === 'chat' ? place : undefined}
            peoplePath={pathOf({ name: 'people' })}
            pathTo={(chatId, thread) => pathOf({ name: 'chat', chatId, ...(thread === null ? {} : { thread }) })}
          />
          <PushCard push={push} />
        </>
      )}
      <InvisibleHint sync={chats.sync} onChange={settings.change} />
      <UpdateNote />
    </>
  );
}
