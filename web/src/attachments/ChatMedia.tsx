import type { MediaFilter, SentAttachment } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ApiError } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './ChatMedia.module.css';
import { FileRow } from './FileRow.tsx';
import { keyOf, type MediaList } from './mediaLists.ts';
import { MediaThumb } from './MediaThumb.tsx';
import { SoundRow } from './SoundRow.tsx';
import { useAttachments } from './useAttachments.ts';

/** What a list can be of; links are no files, and come from elsewhere. */
type Sort = MediaFilter | 'links';
const SORTS = ['media', 'files', 'links', 'audio'] as const satisfies readonly Sort[];

interface ChatMediaProps {
  readonly chatId: ChatId;
  readonly links: ReactNode;
}

/** All that was ever sent in a chat, by sort, the newest first; more of it as one scrolls. */
export function ChatMedia({ chatId, links }: ChatMediaProps): ReactNode {
  const { t } = useTranslation('attachments');
  const [sort, setSort] = useState<Sort>('media');
  const tabs = useRef<HTMLDivElement>(null);

  function onKeyDown({ key }: KeyboardEvent): void {
    const isBack = (key === 'ArrowLeft') !== (document.documentElement.dir === 'rtl');
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const next = SORTS[(SORTS.indexOf(sort) + (isBack ? SORTS.length - 1 : 1)) % SORTS.length];
    if (!next) return;
    setSort(next);
    tabs.current?.querySelector<HTMLElement>(`[data-sort="${next}"]`)?.focus();
  }

  return (
    <section className={styles['media']} aria-label={t('shared')}>
      <div
        ref={tabs}
        className={styles['tabs']}
        role="tablist"
        aria-label={t('shared')}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        {SORTS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            className={styles['tab']}
            data-sort={one}
            aria-selected={one === sort}
            aria-controls="shared-media"
            tabIndex={one === sort ? 0 : -1}
            onClick={() => setSort(one)}
          >
            {t(`filter_${one}`)}
          </button>
        ))}
      </div>
      <div id="shared-media" role="tabpanel" aria-label={t(`filter_${sort}`)}>
        {sort === 'links' ? links : <Listed key={sort} chatId={chatId} filter={sort} />}
      </div>
    </section>
  );
}

interface ListedProps {
  readonly chatId: ChatId;
  readonly filter: MediaFilter;
}

function Listed({ chatId, filter }: ListedProps): ReactNode {
  const { t } = useTranslation('attachments');
  const { lists } = useAttachments();
  const list = useStore(lists.store, (all) => all.get(keyOf(chatId, filter)));
  useEffect(() => void lists.refresh(chatId, filter), [lists, chatId, filter]);
  if (!list || (list.items.length === 0 && list.state === 'loading')) return <Waiting />;
  if (list.items.length === 0 && list.state === 'ready') return <p className={styles['none']}>{t(`none_${filter}`)}</p>;
  return (
    <>
      <ul className={styles[filter === 'media' ? 'grid' : 'rows']}>
        {list.items.map((sent) => (
          <li key={sent.attachment.id}>
            <Item chatId={chatId} sent={sent} filter={filter} items={list.items} />
          </li>
        ))}
      </ul>
      <More list={list} onMore={() => void lists.loadMore(chatId, filter)} />
    </>
  );
}

interface ItemProps extends ListedProps {
  readonly sent: SentAttachment;
  readonly items: readonly SentAttachment[];
}

function Item({ chatId, sent, filter, items }: ItemProps): ReactNode {
  const { gallery } = useAttachments();
  const { attachment, senderId, position } = sent;
  if (filter === 'files') return <FileRow attachment={attachment} upload="none" />;
  if (filter === 'audio') return <SoundRow track={{ attachment, chatId, senderId, position }} upload="none" />;
  return <MediaThumb attachment={attachment} onOpen={() => gallery.open(chatId, attachment.id, items)} />;
}

function Waiting(): ReactNode {
  return (
    <p className={styles['none']} aria-busy="true">
      <Spinner />
    </p>
  );
}

interface MoreProps {
  readonly list: MediaList;
  readonly onMore: () => void;
}

/** The next page, once its end comes into sight. */
function More({ list: { hasMore, state }, onMore }: MoreProps): ReactNode {
  const { t } = useTranslation('attachments');
  const errorText = useErrorText();
  if (state === 'loading') return <Waiting />;
  if (state !== 'ready')
    return (
      <p className={styles['none']} role="alert">
        {errorText(new ApiError(state))}
      </p>
    );
  if (!hasMore) return null;
  return (
    <div ref={(end) => whenSeen(end, onMore)} className={styles['more']}>
      <Button size="s" onClick={onMore}>
        {t('more')}
      </Button>
    </div>
  );
}

function whenSeen(end: HTMLElement | null, run: () => void): () => void {
  const observer = new IntersectionObserver((seen) => {
    if (seen.some(({ isIntersecting }) => isIntersecting)) run();
  });
  if (end) observer.observe(end);
  return () => observer.disconnect();
}
