import type { Attachment } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import { type Gif, GIF_WORDS_MAX, gifRoutes } from '@dialog/shared/gifs';
import { CloudOff, Search } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAttachments } from '../attachments/useAttachments.ts';
import { systemClock } from '../platform/clock.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/toast.ts';
import { GifGrid } from './GifGrid.tsx';
import styles from './GifPanel.module.css';
import { createGifSearch, type GifSearch } from './gifSearch.ts';
import { useGifs } from './useGifs.ts';

export interface GifPanelProps {
  readonly chatId: ChatId;
  /** A GIF was picked, and is a file of the chat now. */
  readonly onTaken: (attachment: Attachment) => void;
  readonly onClose: () => void;
}

/** Looks for GIFs at Giphy, through our server. Down from the field go the keys into the pictures. */
export function GifPanel(props: GifPanelProps): ReactNode {
  const { t } = useTranslation('gifs');
  const search = useGifSearch();
  const [words, setWords] = useState('');
  const grid = useRef<HTMLDivElement>(null);
  const { taking, take } = useTaking(props);
  return (
    <div className={styles['panel']}>
      <div className={styles['search']}>
        <Search aria-hidden="true" />
        <input
          type="search"
          className={styles['field']}
          value={words}
          maxLength={GIF_WORDS_MAX}
          placeholder={t('search')}
          aria-label={t('search')}
          onChange={({ target }) => {
            setWords(target.value);
            search.ask(target.value);
          }}
          onKeyDown={(event) => {
            // The composer's form is around us, for React.
            if (event.key === 'Enter') event.preventDefault();
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            grid.current?.querySelector('button')?.focus();
          }}
        />
      </div>
      <Found search={search} grid={grid} taking={taking} onPick={take} />
      <p className={styles['foot']} lang="en">
        {t('poweredBy')}
      </p>
    </div>
  );
}

interface FoundProps {
  readonly search: GifSearch;
  readonly grid: React.RefObject<HTMLDivElement | null>;
  readonly taking: Gif | undefined;
  readonly onPick: (gif: Gif) => void;
}

function Found({ search, ...props }: FoundProps): ReactNode {
  const { gifs, hasMore, isAsking, failure } = useStore(search.store);
  return (
    <div className={styles['found']} aria-busy={isAsking}>
      {gifs?.length ? <GifGrid {...props} gifs={gifs} onEnd={hasMore ? search.more : undefined} /> : null}
      {!isAsking && failure === undefined && gifs && <Count count={gifs.length} />}
      {isAsking && gifs === undefined && <Waiting />}
      {failure !== undefined && <Failure failure={failure} onRetry={search.retry} />}
    </div>
  );
}

/** Said to who does not see it; to everyone when it is nought. */
function Count({ count }: { readonly count: number }): ReactNode {
  const { t } = useTranslation('gifs');
  if (count === 0) return <output className={styles['note']}>{t('none')}</output>;
  return <output className="visually-hidden">{t('found', { count })}</output>;
}

function Failure({ failure, onRetry }: { readonly failure: unknown; readonly onRetry: () => void }): ReactNode {
  const { t } = useTranslation('gifs');
  const errorText = useErrorText();
  return (
    <div className={styles['failure']} role="alert">
      <CloudOff aria-hidden="true" />
      <p>{errorText(failure)}</p>
      <Button size="s" onClick={onRetry}>
        {t('retry')}
      </Button>
    </div>
  );
}

/** The shapes of what is to come. */
function Waiting(): ReactNode {
  return (
    <div className={styles['columns']}>
      {[
        [110, 150, 90],
        [140, 100, 120],
      ].map((heights) => (
        <div key={heights.join()} className={styles['column']}>
          {heights.map((height) => (
            <span key={height} className={styles['cell']} style={{ blockSize: `${height}px` }} />
          ))}
        </div>
      ))}
    </div>
  );
}

function useGifSearch(): GifSearch {
  const { call } = useGifs();
  const { i18n } = useTranslation();
  const language = i18n.language.slice(0, 2);
  const [search] = useState(() => createGifSearch({ call, clock: systemClock, language }));
  useEffect(() => {
    search.ask('');
    return search.stop;
  }, [search]);
  return search;
}

/** One at a time; what was picked is sent also when the panel is closed meanwhile. */
function useTaking({ chatId, onTaken, onClose }: GifPanelProps) {
  const { call } = useGifs();
  const { newId } = useAttachments();
  const errorText = useErrorText();
  const [taking, setTaking] = useState<Gif>();

  async function take(gif: Gif): Promise<void> {
    if (taking) return;
    setTaking(gif);
    try {
      const body = { id: newId(), gifId: gif.id };
      const { attachment } = await call(gifRoutes.takeGif, { params: { chatId }, body });
      onTaken(attachment);
      onClose();
    } catch (failure) {
      toast(errorText(failure), { kind: 'danger' });
    } finally {
      setTaking(undefined);
    }
  }

  return { taking, take: (gif: Gif): void => void take(gif) };
}
