import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, Suspense } from 'react';
import { ChatMedia } from '../attachments/ChatMedia.tsx';
import { ChatDetails } from '../chats/ChatDetails.tsx';
import { EmojiRows } from '../customEmoji/EmojiRows.tsx';
import { InviteRows } from '../invites/InviteRows.tsx';
import { ThreadsRow } from '../messages/ThreadsRow.tsx';
import { lazy } from '../platform/late.ts';
import { PersonActsHere } from './PersonActsHere.tsx';
import { useOpenMessage } from './useOpenMessage.ts';
import { useSession } from './useSession.ts';

const ChatLinks = lazy(async () => ({ default: (await import('../search/ChatLinks.tsx')).ChatLinks }));

interface DetailsHereProps {
  readonly chatId: ChatId;
  readonly onClose: () => void;
  readonly onOpen: (chatId: ChatId | undefined) => void;
}

/** The details of a chat, with what later features have to say there. */
export function DetailsHere(props: DetailsHereProps): ReactNode {
  const { call, customEmoji, invites } = useSession();
  const openMessage = useOpenMessage();
  return (
    <ChatDetails
      {...props}
      renderRows={(summary) => (
        <>
          {summary.peer && <PersonActsHere key={summary.peer.id} user={summary.peer} />}
          {summary.chat.kind === 'group' && (
            <EmojiRows key={props.chatId} summary={summary} customEmoji={customEmoji} />
          )}
          <InviteRows summary={summary} invites={invites} />
        </>
      )}
    >
      <ThreadsRow chatId={props.chatId} />
      <ChatMedia
        key={props.chatId}
        chatId={props.chatId}
        links={
          <Suspense>
            <ChatLinks chatId={props.chatId} call={call} onOpenMessage={openMessage} />
          </Suspense>
        }
      />
    </ChatDetails>
  );
}
