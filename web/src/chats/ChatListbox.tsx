import type { ChatSummary } from '@dialog/shared/chats';
import { ChatId } from '@dialog/shared/contract/values';
import {
  type ComponentType,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import styles from './ChatList.module.css';
import { ChatListRow } from './ChatListRow.tsx';
import type { ChatExtrasProps } from './ChatList.tsx';
import { isMuted } from './chats.arranging.store.ts';
import type { MenuPlace } from './ChatMenus.tsx';
import { useLongPress } from './useLongPress.ts';

interface ChatListboxProps {
  readonly summaries: readonly ChatSummary[];
  readonly now: number;
  readonly listbox: RefObject<HTMLDivElement | null>;
  readonly selectedId: ChatId | undefined;
  readonly onOpen: (chatId: ChatId) => void;
  readonly onMenu: (place: MenuPlace) => void;
  readonly Extras: ComponentType<ChatExtrasProps>;
  readonly renderCallBadge?: ((chatId: ChatId) => ReactNode) | undefined;
}

const ROW_HEIGHT = 68;

/** One stop for the Tab key; arrows move within, Enter opens, the menu key or Shift+F10 offers what else there is. */
export function ChatListbox(props: ChatListboxProps): ReactNode {
  const { summaries, now, listbox, selectedId, onOpen, onMenu, Extras, renderCallBadge } = props;
  const { t } = useTranslation('chats');
  const id = useId();
  const virtual = useRef<VirtualizerHandle>(null);
  const [pointedId, setPointedId] = useState<ChatId>();
  const indexOf = (chatId: ChatId | undefined): number => summaries.findIndex(({ chat }) => chat.id === chatId);
  const active = Math.max(indexOf(pointedId), indexOf(pointedId) === -1 ? indexOf(selectedId) : -1);
  const longPress = useLongPress((target, at) => {
    const chatId = chatOf(target);
    if (chatId) onMenu({ chatId, at, isHeld: true });
  });

  // A chat opened by its address may stand far down.
  const selected = indexOf(selectedId);
  const isSelectionListed = selected >= 0;
  useEffect(() => {
    if (isSelectionListed) virtual.current?.scrollToIndex(selected, { align: 'nearest' });
    // oxlint-disable-next-line react/exhaustive-deps -- a chat that moves up by its news does not take the view along
  }, [selectedId, isSelectionListed]);

  function point(index: number): void {
    const next = summaries[Math.max(0, Math.min(summaries.length - 1, index))];
    setPointedId(next?.chat.id);
    virtual.current?.scrollToIndex(indexOf(next?.chat.id), { align: 'nearest' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => point(active + 1),
      ArrowUp: () => point(active - 1),
      Home: () => point(0),
      End: () => point(summaries.length - 1),
      Enter: () => summaries[active] && onOpen(summaries[active].chat.id),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  function onContextMenu(event: MouseEvent): void {
    const pressed = chatOf(event.target);
    const chatId = pressed ?? summaries[active]?.chat.id;
    if (!chatId) return;
    event.preventDefault();
    // By key it is the whole list that is asked: the menu opens at the row that is pointed to.
    const row = document.getElementById(`${id}-${chatId}`)?.getBoundingClientRect();
    const at = pressed || !row ? { x: event.clientX, y: event.clientY } : { x: row.left + 72, y: row.top + 48 };
    const { nativeEvent } = event;
    const isHeld = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch';
    onMenu({ chatId, at, isHeld });
  }

  return (
    <div
      ref={listbox}
      className={styles['scroll']}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no element lists this many, part by part
      role="listbox"
      tabIndex={0}
      aria-label={t('chats')}
      aria-activedescendant={active >= 0 ? `${id}-${summaries[active]?.chat.id}` : undefined}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
      {...longPress}
    >
      <Virtualizer ref={virtual} data={summaries} itemSize={ROW_HEIGHT} keepMounted={active >= 0 ? [active] : []}>
        {(summary) => (
          <ChatListRow
            key={summary.chat.id}
            id={`${id}-${summary.chat.id}`}
            summary={summary}
            isSelected={summary.chat.id === selectedId}
            isPointed={summary.chat.id === pointedId}
            isMuted={isMuted(summary.place, now)}
            onOpen={onOpen}
            Extras={Extras}
            renderCallBadge={renderCallBadge}
          />
        )}
      </Virtualizer>
    </div>
  );
}

/** The chat whose row this is in. */
function chatOf(target: EventTarget): ChatId | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-chat]') : null;
  return row ? ChatId.parse(row.dataset['chat']) : undefined;
}
