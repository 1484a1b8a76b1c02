import type { ChatId } from '@dialog/shared/contract/values';
import { EllipsisVertical } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContextMenu, type Point } from '../ui/ContextMenu.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { ArrangingDialogs } from './ArrangingDialogs.tsx';
import { ChatMenuItems, type ArrangingQuestion, type ChatMenuItemsProps } from './ChatMenuItems.tsx';

interface ChatMenuProps {
  readonly chatId: ChatId;
  /** What the conversation itself adds. */
  readonly children?: ReactNode;
  readonly renderEnd?: ChatMenuItemsProps['renderEnd'];
}

/** In a conversation's header: what its row in the list offers. */
export function ChatMenu({ chatId, children, renderEnd }: ChatMenuProps): ReactNode {
  const { t } = useTranslation('chats');
  const [question, setQuestion] = useState<ArrangingQuestion>();
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('chatMenu')} hasTooltip={false}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        {children}
        <ChatMenuItems chatId={chatId} onAsk={setQuestion} renderEnd={renderEnd} />
      </Menu>
      <ArrangingDialogs chatId={chatId} question={question} onClose={() => setQuestion(undefined)} />
    </>
  );
}

export interface MenuPlace {
  readonly chatId: ChatId;
  readonly at: Point;
  /** Asked for by a finger. */
  readonly isHeld: boolean;
}

interface ListContextMenuProps {
  readonly place: MenuPlace;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly list: RefObject<HTMLElement | null>;
  readonly renderEnd: ChatMenuItemsProps['renderEnd'];
}

/** The menu of a chat in the list, at the pointer or at its row. */
export function ListContextMenu({ place, isOpen, onClose, list, renderEnd }: ListContextMenuProps): ReactNode {
  const [question, setQuestion] = useState<ArrangingQuestion>();
  return (
    <>
      <ContextMenu isOpen={isOpen} onClose={onClose} at={place.at} isHeld={place.isHeld} owner={list}>
        <ChatMenuItems chatId={place.chatId} onAsk={setQuestion} renderEnd={renderEnd} />
      </ContextMenu>
      <ArrangingDialogs chatId={place.chatId} question={question} onClose={() => setQuestion(undefined)} />
    </>
  );
}
