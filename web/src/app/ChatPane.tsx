import type { ChatId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { CallBanner } from '../calls/CallBanner.tsx';
import { CallButton } from '../calls/CallButton.tsx';
import { Conversation } from '../messages/Conversation.tsx';
import { useApp } from './useApp.ts';

interface ChatPaneProps {
  readonly chatId: ChatId;
  readonly onOpenDetails: () => void;
}

/** One chat, with what calls have to say in it. */
export function ChatPane({ chatId, onOpenDetails }: ChatPaneProps): ReactNode {
  const { router } = useApp();
  return (
    <Conversation
      key={chatId}
      chatId={chatId}
      onBack={router.back}
      onOpenDetails={onOpenDetails}
      headerActions={<CallButton chatId={chatId} />}
      banner={<CallBanner chatId={chatId} />}
    />
  );
}
