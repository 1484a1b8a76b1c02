import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import {
  Archive,
  ArchiveRestore,
  ArrowDown,
  ArrowUp,
  Bell,
  BellOff,
  Eraser,
  Folder,
  Mail,
  MailOpen,
  Pin,
  PinOff,
} from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { isArchived, isMuted, isUnread, pinnedAround } from './chats.arranging.store.ts';
import { useArranged } from './useArranged.ts';
import { useArrange } from './useArrange.ts';
import { useChats, useSummary } from './useChats.ts';

/** What a menu asks in a dialog of its own. */
export type ArrangingQuestion = 'mute' | 'folders' | 'clear';

export interface ChatMenuItemsProps {
  readonly chatId: ChatId;
  readonly onAsk: (question: ArrangingQuestion) => void;
  /** What features to the right add. */
  readonly renderEnd?: ((summary: ChatSummary) => ReactNode) | undefined;
}

/** What a person can do with a chat in their list; the same in the list and in the chat. */
export function ChatMenuItems({ chatId, onAsk, renderEnd }: ChatMenuItemsProps): ReactNode {
  const summary = useSummary(chatId);
  const end = summary && renderEnd?.(summary);
  return (
    summary && (
      <>
        <Items summary={summary} onAsk={onAsk} />
        {end && (
          <Suspense>
            <MenuSeparator />
            {end}
          </Suspense>
        )}
      </>
    )
  );
}

function Items({ summary, onAsk }: Pick<ChatMenuItemsProps, 'onAsk'> & { readonly summary: ChatSummary }): ReactNode {
  const { t } = useTranslation('chats');
  const { arranging } = useChats();
  const arrange = useArrange();
  const chatId = summary.chat.id;
  const { place } = summary;
  const [now] = useState(Date.now);
  const isOut = isArchived(summary, now);
  return (
    <>
      {isUnread(summary) ? (
        <MenuItem icon={<MailOpen />} onSelect={() => arrange(arranging.markRead(chatId))}>
          {t('markRead')}
        </MenuItem>
      ) : (
        <MenuItem icon={<Mail />} onSelect={() => arrange(arranging.markUnread(chatId, true))}>
          {t('markUnread')}
        </MenuItem>
      )}
      {!isOut && <PinItems summary={summary} />}
      {isMuted(place, now) && (
        <MenuItem icon={<Bell />} onSelect={() => arrange(arranging.mute(chatId, null))}>
          {t('unmute')}
        </MenuItem>
      )}
      <MenuItem icon={<BellOff />} onSelect={() => onAsk('mute')}>
        {t('mute')}
      </MenuItem>
      <MenuItem icon={<Folder />} onSelect={() => onAsk('folders')}>
        {t('folders')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={isOut ? <ArchiveRestore /> : <Archive />}
        onSelect={() => arrange(arranging.archive(chatId, !isOut))}
      >
        {t(isOut ? 'unarchive' : 'archive')}
      </MenuItem>
      {summary.lastMessage !== null && (
        <MenuItem icon={<Eraser />} isDanger onSelect={() => onAsk('clear')}>
          {t('clearHistory')}
        </MenuItem>
      )}
    </>
  );
}

function PinItems({ summary: { chat, place } }: { readonly summary: ChatSummary }): ReactNode {
  const { t } = useTranslation('chats');
  const { arranging } = useChats();
  const arrange = useArrange();
  const { above, below } = pinnedAround(useArranged(), chat.id);
  const isPinned = place.pinOrder !== null;
  return (
    <>
      <MenuItem icon={isPinned ? <PinOff /> : <Pin />} onSelect={() => arrange(arranging.pin(chat.id, !isPinned))}>
        {t(isPinned ? 'unpin' : 'pin')}
      </MenuItem>
      {above.length > 0 && (
        <MenuItem icon={<ArrowUp />} onSelect={() => arrange(arranging.movePin(chat.id, -1))}>
          {t('moveUp')}
        </MenuItem>
      )}
      {below.length > 0 && (
        <MenuItem icon={<ArrowDown />} onSelect={() => arrange(arranging.movePin(chat.id, 1))}>
          {t('moveDown')}
        </MenuItem>
      )}
    </>
  );
}
