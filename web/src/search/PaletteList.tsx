import type { WantedWord } from '@dialog/shared/words';
import { ChevronDown, SearchX } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ChatAvatar } from '../chats/ChatAvatar.tsx';
import { useChatTitle } from '../chats/useChats.ts';
import { Hit } from './Hit.tsx';
import type { Entry, Group } from './palette.entries.ts';
import styles from './SearchPalette.module.css';
import { SearchNote } from './SearchNote.tsx';
import type { useMessageSearch } from './useMessageSearch.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';

interface PaletteListProps {
  readonly id: string;
  readonly groups: readonly Group[];
  readonly activeId: string | undefined;
  readonly wanted: readonly WantedWord[];
  readonly question: string;
  readonly search: ReturnType<typeof useMessageSearch>;
  readonly onChoose: (entry: Entry) => void;
}

/** The groups as one listbox; the field above has the focus and the keys. */
export function PaletteList({ id, groups, activeId, wanted, question, search, onChoose }: PaletteListProps): ReactNode {
  const { t } = useTranslation('search');
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(`${id}-${activeId}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, activeId]);
  const isEmpty = groups.length === 0 && search.isAnswered;
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <div className={styles['results']}>
      <div
        id={`${id}-list`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a listbox with groups is none of HTML's
        role="listbox"
        aria-label={t('results')}
      >
        {groups.map(({ name, entries }) => (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- of a listbox that is none of HTML's
          <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
            <div id={`${id}-${name}`} className={styles['heading']}>
              {t(`group_${name}`)}
            </div>
            {entries.map((entry) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field takes the keys
              <div
                key={entry.id}
                id={`${id}-${entry.id}`}
                className={styles['option']}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- of a listbox that is none of HTML's
                role="option"
                tabIndex={-1}
                aria-selected={entry.id === activeId}
                // The field keeps the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onChoose(entry)}
              >
                <EntryRow entry={entry} wanted={wanted} />
              </div>
            ))}
          </div>
        ))}
      </div>
      <SearchNote search={search} />
      {isEmpty && (
        <div className={styles['nothing']}>
          <SearchX aria-hidden="true" />
          <p>{t('nothing', { words: question.trim() })}</p>
        </div>
      )}
      <output className="visually-hidden">{search.isAnswered && t('count', { count })}</output>
    </div>
  );
}

function EntryRow({ entry, wanted }: { readonly entry: Entry; readonly wanted: readonly WantedWord[] }): ReactNode {
  const { t } = useTranslation('search');
  if (entry.kind === 'hit') return <Hit hit={entry.hit} wanted={wanted} />;
  if (entry.kind === 'chat') return <ChatRow summary={entry.summary} />;
  if (entry.kind === 'person') {
    const { displayName, userName } = entry.user;
    return (
      <>
        <PersonAvatar user={entry.user} size={32} />
        <Names name={displayName} under={`@${userName}`} />
      </>
    );
  }
  const { icon, label, under } =
    entry.kind === 'act' ? entry.act : { icon: <ChevronDown />, label: t('more'), under: undefined };
  return (
    <>
      <span className={styles['icon']} aria-hidden="true">
        {icon}
      </span>
      <Names name={label} under={under} />
    </>
  );
}

function ChatRow({ summary }: { readonly summary: Extract<Entry, { kind: 'chat' }>['summary'] }): ReactNode {
  const { t } = useTranslation('chats');
  const { chat, peer } = summary;
  const title = useChatTitle()(summary);
  return (
    <>
      <ChatAvatar summary={summary} size={32} />
      <Names name={title} under={peer ? `@${peer.userName}` : t('members', { count: chat.memberCount })} />
    </>
  );
}

function Names({ name, under }: { readonly name: string; readonly under?: string | undefined }): ReactNode {
  return (
    <span className={styles['names']}>
      <bdi className={styles['name']}>{name}</bdi>
      {under !== undefined && <bdi className={styles['under']}>{under}</bdi>}
    </span>
  );
}
