import type { ChatId } from '@dialog/shared/contract/values';
import { wantedWords } from '@dialog/shared/words';
import { Search, SearchX, TextSearch, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChatTitle, useSummary } from '../chats/useChats.ts';
import type { Call } from '../platform/api.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './ChatSearch.module.css';
import { ANY, questionOf, SearchFilters, type Filters } from './SearchFilters.tsx';
import { HitInChat } from './Hit.tsx';
import type { MessageAt } from './SearchPalette.tsx';
import { SearchNote } from './SearchNote.tsx';
import { useMessageSearch } from './useMessageSearch.ts';

interface ChatSearchProps {
  readonly chatId: ChatId;
  readonly call: Call;
  readonly onClose: () => void;
  readonly onOpenMessage: (at: MessageAt) => void;
}

/** Beside a conversation: what was said in it, by words, person, time and kind. */
export function ChatSearch({ chatId, call, onClose, onOpenMessage }: ChatSearchProps): ReactNode {
  const { t } = useTranslation('search');
  const summary = useSummary(chatId);
  const titleOf = useChatTitle();
  const [words, setWords] = useState('');
  const [filters, setFilters] = useState<Filters>(ANY);
  const field = useRef<HTMLInputElement>(null);
  const search = useMessageSearch(call);
  const wanted = useMemo(() => wantedWords(words), [words]);
  const { ask } = search;
  useEffect(() => {
    const opener = document.activeElement;
    field.current?.focus();
    return () => {
      // What had the focus went with the panel.
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  useEffect(() => ask(questionOf({ chatId, words, filters })), [ask, chatId, words, filters]);
  if (!summary) return null;
  return (
    <search className={styles['panel']} aria-label={t('inChat', { title: titleOf(summary) })}>
      <header className={styles['bar']}>
        <h2 className={styles['title']}>{t('inThisChat')}</h2>
        <IconButton label={t('close')} onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className={styles['asked']}>
        <TextField
          ref={field}
          label={t('words')}
          isLabelHidden
          placeholder={t('words')}
          type="search"
          enterKeyHint="search"
          dir="auto"
          autoComplete="off"
          maxLength={200}
          value={words}
          onChange={setWords}
          lead={<Search aria-hidden="true" />}
        />
        <SearchFilters summary={summary} filters={filters} onChange={setFilters} />
      </div>
      <div className={styles['results']}>
        <ul className={styles['hits']} aria-label={t('results')} aria-busy={search.isAsking}>
          {search.hits.map((hit) => (
            <li key={hit.message.id}>
              <button type="button" className={styles['hit']} onClick={() => onOpenMessage(hit.message)}>
                <HitInChat hit={hit} wanted={wanted} />
              </button>
            </li>
          ))}
        </ul>
        <SearchNote search={search} />
        {search.hasMore && search.failure === undefined && (
          <div className={styles['more']}>
            <Button size="s" kind="quiet" isBusy={search.isAsking} onClick={search.more}>
              {t('more')}
            </Button>
          </div>
        )}
        <Empty search={search} words={words} />
        <output className="visually-hidden">{search.isAnswered && t('count', { count: search.hits.length })}</output>
      </div>
    </search>
  );
}

function Empty({
  search: { question, hits, isAnswered, isAsking, failure },
  words,
}: {
  readonly search: ReturnType<typeof useMessageSearch>;
  readonly words: string;
}): ReactNode {
  const { t } = useTranslation('search');
  if (hits.length > 0 || isAsking || failure !== undefined) return null;
  if (isAnswered && question)
    return <EmptyState icon={<SearchX />} title={t('nothingTitle')} text={t('nothingText')} />;
  return words.trim() === '' && <EmptyState icon={<TextSearch />} title={t('startTitle')} text={t('startText')} />;
}
