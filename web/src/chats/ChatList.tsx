import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { Archive, ArrowLeft, MessageSquarePlus, Search, SearchX, X } from 'lucide-react';
import {
  type ComponentType,
  type ReactNode,
  type RefObject,
  Suspense,
  useDeferredValue,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './ChatList.module.css';
import { ChatListbox } from './ChatListbox.tsx';
import { isFolder, isThere, isUnread, type ListPart, partOf } from './chats.arranging.store.ts';
import type { DeliveryState } from './deliveryState.ts';
import type { MenuPlace } from './ChatMenus.tsx';
import { useArranged } from './useArranged.ts';
import { useChats, useChatTitle } from './useChats.ts';

/** What features to the right know of a chat and the list shows. */
export interface ChatExtras {
  readonly draft: string | undefined;
  /** The last one that still stands. */
  readonly lastMessage: Message | null;
  /** The newest of one's own that is not in the chat yet. */
  readonly pending: { readonly text: string; readonly at: string; readonly isRefused: boolean } | undefined;
  /** How far the last message got, when it is one's own and that is known. */
  readonly state: DeliveryState | undefined;
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
  /** What else is in the menu of a chat. */
  readonly renderMenuEnd?: (summary: ChatSummary) => ReactNode;
}

const ListParts = lazy(async () => ({ default: (await import('./ListParts.tsx')).ListParts }));
const ListContextMenu = lazy(async () => ({ default: (await import('./ChatMenus.tsx')).ListContextMenu }));

export function ChatList(props: ChatListProps): ReactNode {
  const { t } = useTranslation('chats');
  const state = useStore(useChats().sync.store, ({ list, isKnown }) => {
    if (!isKnown) return 'unknown';
    return list.chats.size > 0 ? 'some' : 'none';
  });
  if (state === 'unknown') return <ChatListSkeleton />;
  if (state === 'some') return <KnownList {...props} />;
  return (
    <EmptyState
      icon={<MessageSquarePlus />}
      title={t('noChatsTitle')}
      text={t('noChatsText')}
      action={
        <Button kind="primary" onClick={props.onNewChat}>
          {t('newChat')}
        </Button>
      }
    />
  );
}

function KnownList(props: ChatListProps): ReactNode {
  const { onOpen } = props;
  const panelId = useId();
  const [filter, setFilter] = useState('');
  const [chosen, choose] = useState<Choice>({ part: 'all', isArchive: false });
  const { summaries, now, ...view } = useView(chosen, { filter: useDeferredValue(filter), ...props });
  const listbox = useRef<HTMLDivElement>(null);
  const { menu, openMenu } = useListMenu(listbox, props.renderMenuEnd);

  return (
    <div className={styles['list']}>
      <FilterField
        filter={filter}
        onChange={setFilter}
        onDown={() => listbox.current?.focus()}
        onEnter={() => summaries[0] && onOpen(summaries[0].chat.id)}
      />
      {view.kind === 'part' && (
        <Suspense fallback={<div className={styles['parts']} />}>
          <ListParts {...view} now={now} panelId={panelId} onChange={(part) => choose({ part, isArchive: false })} />
        </Suspense>
      )}
      {view.isArchiveNamed && (
        <ArchiveEntry
          archived={view.archived}
          isOpen={view.kind === 'archive'}
          onChange={(isArchive) => choose({ part: 'all', isArchive })}
        />
      )}
      <div id={panelId} className={styles['panel']} role={view.kind === 'part' ? 'tabpanel' : undefined}>
        {summaries.length === 0 ? (
          <NothingIn part={view.part} filter={view.kind === 'search' ? filter : undefined} />
        ) : (
          <ChatListbox {...props} summaries={summaries} now={now} listbox={listbox} onMenu={openMenu} />
        )}
      </div>
      {menu}
    </div>
  );
}

interface Choice {
  readonly part: ListPart;
  readonly isArchive: boolean;
}

/** What is looked at: what one searches for, the archive, or a part of the rest. */
function useView(
  { part: chosen, isArchive }: Choice,
  { filter, selectedId }: { readonly filter: string } & Pick<ChatListProps, 'selectedId'>,
) {
  const folders = useStore(useChats().sync.store, ({ list }) => list.folders);
  const { shown, archived, now } = useArranged();
  const found = useFiltered(shown, archived, filter);
  const part = isThere(chosen, folders) ? chosen : 'all';
  const view = { part, folders, shown, archived, now };
  if (found) return { ...view, kind: 'search', summaries: found, isArchiveNamed: false } as const;
  if (isArchive && archived.length > 0)
    return { ...view, kind: 'archive', summaries: archived, isArchiveNamed: true } as const;
  const summaries = partOf(shown, part, { folders, selectedId });
  return { ...view, kind: 'part', summaries, isArchiveNamed: part === 'all' && archived.length > 0 } as const;
}

/** The menu of the chat that it was last asked for; stays when it closes, so that it can leave gently. */
function useListMenu(list: RefObject<HTMLElement | null>, renderEnd: ChatListProps['renderMenuEnd']) {
  const [place, setPlace] = useState<MenuPlace>();
  const [isOpen, setOpen] = useState(false);
  const menu = place && (
    <Suspense>
      <ListContextMenu
        key={place.chatId}
        place={place}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        list={list}
        renderEnd={renderEnd}
      />
    </Suspense>
  );
  function openMenu(asked: MenuPlace): void {
    setPlace(asked);
    setOpen(true);
  }
  return { menu, openMenu };
}

interface FilterFieldProps {
  readonly filter: string;
  readonly onChange: (filter: string) => void;
  readonly onDown: () => void;
  readonly onEnter: () => void;
}

function FilterField({ filter, onChange, onDown, onEnter }: FilterFieldProps): ReactNode {
  const { t } = useTranslation('chats');
  return (
    <div className={styles['filter']}>
      <TextField
        label={t('filter')}
        isLabelHidden
        placeholder={t('filter')}
        type="search"
        value={filter}
        onChange={onChange}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
          event.preventDefault();
          onDown();
          if (event.key === 'Enter') onEnter();
        }}
        lead={<Search aria-hidden="true" />}
        trail={
          filter !== '' && (
            <IconButton size="s" label={t('clearFilter')} onClick={() => onChange('')}>
              <X />
            </IconButton>
          )
        }
      />
    </div>
  );
}

interface ArchiveEntryProps {
  readonly archived: readonly ChatSummary[];
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
}

/** The way into the archive, and out of it. */
function ArchiveEntry({ archived, isOpen, onChange }: ArchiveEntryProps): ReactNode {
  const { t } = useTranslation('chats');
  const unread = archived.filter(isUnread).length;
  return (
    <button type="button" className={styles['archive']} aria-expanded={isOpen} onClick={() => onChange(!isOpen)}>
      {isOpen ? <ArrowLeft className={styles['back']} aria-hidden="true" /> : <Archive aria-hidden="true" />}
      <span className={styles['archiveName']}>{t('archived')}</span>
      {unread > 0 && !isOpen && (
        <Badge kind="muted" label={t('unreadChats', { count: unread })}>
          {unread}
        </Badge>
      )}
    </button>
  );
}

function NothingIn({ part, filter }: { readonly part: ListPart; readonly filter: string | undefined }): ReactNode {
  const { t } = useTranslation('chats');
  if (filter !== undefined)
    return <EmptyState icon={<SearchX />} title={t('noMatchTitle')} text={t('noMatchText', { filter })} />;
  if (part === 'unread') return <EmptyState icon={<MessageSquarePlus />} title={t('nothingUnread')} />;
  return (
    <EmptyState
      icon={<MessageSquarePlus />}
      title={t('nothingHere')}
      text={isFolder(part) ? t('nothingInFolder') : undefined}
    />
  );
}

/** Archived or not, what one looks for by name is found. Undefined while nothing is looked for. */
function useFiltered(
  shown: readonly ChatSummary[],
  archived: readonly ChatSummary[],
  filter: string,
): readonly ChatSummary[] | undefined {
  const titleOf = useChatTitle();
  const wanted = filter.trim().toLocaleLowerCase();
  if (wanted === '') return undefined;
  return [...shown, ...archived].filter((summary) =>
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
