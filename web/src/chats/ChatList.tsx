import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { MessageSquarePlus, Search, SearchX, X } from 'lucide-react';
import {
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './ChatList.module.css';
import { ChatListRow } from './ChatListRow.tsx';
import { inOrder } from './chats.store.ts';
import type { DeliveryState } from './deliveryState.ts';
import { useChats, useChatTitle } from './useChats.ts';

/** What features to the right know of a chat and the list shows. */
export interface ChatExtras {
  readonly draft: string | undefined;
  /** The newest of one's own that is not in the chat yet. */
  readonly pending: { readonly text: string; readonly at: string; readonly isRefused: boolean } | undefined;
  /** How far the last message got, when it is one's own. */
  readonly state: DeliveryState;
  /** Read on this device, whether or not the server knows. */
  readonly readPosition: number;
}

export interface ChatExtrasProps {
  readonly chatId: ChatId;
  readonly children: (extras: ChatExtras) => ReactNode;
}

interface ChatListProps {
  readonly selectedId: ChatId | undefined;
  readonly onOpen: (chatId: ChatId) => void;
  readonly onNewChat: () => void;
  /** Gives what else is known of a chat. */
  readonly Extras: ComponentType<ChatExtrasProps>;
  readonly renderCallBadge?: (chatId: ChatId) => ReactNode;
}

const ROW_HEIGHT = 68;

export function ChatList(props: ChatListProps): ReactNode {
  const { onNewChat } = props;
  const { t } = useTranslation('chats');
  const { sync } = useChats();
  const { list, isKnown } = useStore(sync.store);
  const [filter, setFilter] = useState('');
  const summaries = useFiltered(
    useMemo(() => inOrder(list).map(({ summary }) => summary), [list]),
    useDeferredValue(filter),
  );
  const listbox = useRef<HTMLDivElement>(null);

  if (!isKnown) return <ChatListSkeleton />;
  if (list.chats.size === 0)
    return (
      <EmptyState
        icon={<MessageSquarePlus />}
        title={t('noChatsTitle')}
        text={t('noChatsText')}
        action={
          <Button kind="primary" onClick={onNewChat}>
            {t('newChat')}
          </Button>
        }
      />
    );
  return (
    <div className={styles['list']}>
      <div className={styles['filter']}>
        <TextField
          label={t('filter')}
          isLabelHidden
          placeholder={t('filter')}
          type="search"
          value={filter}
          onChange={setFilter}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter('');
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            listbox.current?.focus();
            if (event.key === 'Enter' && summaries[0]) props.onOpen(summaries[0].chat.id);
          }}
          lead={<Search aria-hidden="true" />}
          trail={
            filter !== '' && (
              <IconButton size="s" label={t('clearFilter')} onClick={() => setFilter('')}>
                <X />
              </IconButton>
            )
          }
        />
      </div>
      {summaries.length === 0 ? (
        <EmptyState icon={<SearchX />} title={t('noMatchTitle')} text={t('noMatchText', { filter })} />
      ) : (
        <Listbox {...props} summaries={summaries} listbox={listbox} />
      )}
    </div>
  );
}

interface ListboxProps extends ChatListProps {
  readonly summaries: readonly ChatSummary[];
  readonly listbox: React.RefObject<HTMLDivElement | null>;
}

/** One stop for the Tab key; arrows move within, Enter opens. */
function Listbox({ summaries, listbox, selectedId, onOpen, Extras, renderCallBadge }: ListboxProps): ReactNode {
  const { t } = useTranslation('chats');
  const id = useId();
  const virtual = useRef<VirtualizerHandle>(null);
  const [pointedId, setPointedId] = useState<ChatId>();
  const indexOf = (chatId: ChatId | undefined): number => summaries.findIndex(({ chat }) => chat.id === chatId);
  const active = Math.max(indexOf(pointedId), indexOf(pointedId) === -1 ? indexOf(selectedId) : -1);

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
    >
      <Virtualizer ref={virtual} data={summaries} itemSize={ROW_HEIGHT} keepMounted={active >= 0 ? [active] : []}>
        {(summary) => (
          <ChatListRow
            key={summary.chat.id}
            id={`${id}-${summary.chat.id}`}
            summary={summary}
            isSelected={summary.chat.id === selectedId}
            isPointed={summary.chat.id === pointedId}
            onOpen={onOpen}
            Extras={Extras}
            renderCallBadge={renderCallBadge}
          />
        )}
      </Virtualizer>
    </div>
  );
}

function useFiltered(summaries: readonly ChatSummary[], filter: string): readonly ChatSummary[] {
  const titleOf = useChatTitle();
  const wanted = filter.trim().toLocaleLowerCase();
  if (wanted === '') return summaries;
  return summaries.filter((summary) =>
    `${titleOf(summary)} ${summary.peer?.userName ?? ''}`.toLocaleLowerCase().includes(wanted),
  );
}

function ChatListSkeleton(): ReactNode {
  const { t } = useTranslation('chats');
  return (
    <output className={styles['skeletons']} aria-busy="true" aria-label={t('chats')}>
      {['60%', '42%', '70%', '50%', '64%', '38%'].map((width) => (
        <div key={width} className={styles['skeleton']}>
          <Skeleton width="48px" height="48px" isRound />
          <div className={styles['skeletonLines']}>
            <Skeleton width={width} />
            <Skeleton width="85%" height="12px" />
          </div>
        </div>
      ))}
    </output>
  );
}
