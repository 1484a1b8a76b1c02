import type { ChatId } from '@dialog/shared/contract/values';
import { EllipsisVertical, Search } from 'lucide-react';
import { type ReactNode, Suspense, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { CallBanner } from '../calls/CallBanner.tsx';
import { CallButton } from '../calls/CallButton.tsx';
import { openCall } from '../calls/openCall.ts';
import { useCalls } from '../calls/useCalls.ts';
import { useSeen } from '../chats/useArrange.ts';
import { useSummary } from '../chats/useChats.ts';
import { CallBackContext } from '../messages/CallBackContext.ts';
import { Conversation } from '../messages/Conversation.tsx';
import { DateMenuItem } from '../messages/DateMenuItem.tsx';
import { PersonMenuItems } from '../people/PersonMenuItems.tsx';
import { useRelation } from '../people/useRelations.ts';
import { lazy } from '../platform/late.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { PickingContexts } from './PickingContexts.tsx';
import { useApp } from './useApp.ts';

const ChatMenu = lazy(async () => ({ default: (await import('../chats/ChatMenus.tsx')).ChatMenu }));

interface ChatPaneProps {
  readonly chatId: ChatId;
  readonly onOpenDetails: () => void;
  /** Looks for something in this chat. */
  readonly onSearch: () => void;
}

/** One chat, with what calls have to say in it. */
export function ChatPane({ chatId, onOpenDetails, onSearch }: ChatPaneProps): ReactNode {
  const { t } = useTranslation('search');
  const { router } = useApp();
  const summary = useSummary(chatId);
  const isBlocked = useRelation(summary?.peer?.id)?.isBlocked === true;
  const isAlone = isBlocked || summary?.chat.kind === 'notes';
  useSeen(chatId);
  const { own } = useCalls();
  const callBack = useCallback((hasCamera: boolean) => openCall(own, { chatId, hasCamera }), [own, chatId]);
  return (
    <PickingContexts chatId={chatId}>
      <CallBackContext value={isAlone ? null : callBack}>
        <Conversation
          key={chatId}
          chatId={chatId}
          onBack={router.back}
          onOpenDetails={onOpenDetails}
          headerActions={
            <>
              <IconButton label={t('inThisChat')} onClick={onSearch}>
                <Search />
              </IconButton>
              {!isAlone && <CallButton chatId={chatId} />}
              <Suspense fallback={<MenuToCome />}>
                <ChatMenu chatId={chatId} renderEnd={({ peer }) => peer && <PersonMenuItems user={peer} />}>
                  <DateMenuItem />
                </ChatMenu>
              </Suspense>
            </>
          }
          banner={!isBlocked && <CallBanner chatId={chatId} />}
        />
      </CallBackContext>
    </PickingContexts>
  );
}

/** Keeps the menu's place. */
function MenuToCome(): ReactNode {
  const { t } = useTranslation('chats');
  return (
    <IconButton label={t('chatMenu')} hasTooltip={false} disabled>
      <EllipsisVertical />
    </IconButton>
  );
}
