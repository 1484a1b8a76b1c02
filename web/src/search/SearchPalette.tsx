import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { wantedWords } from '@dialog/shared/words';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Palette } from '../ui/Palette.tsx';
import { toast } from '../ui/toast.ts';
import { useChats } from '../chats/useChats.ts';
import { type Entry, groupsFor, type PaletteAct } from './palette.entries.ts';
import { PaletteList } from './PaletteList.tsx';
import styles from './SearchPalette.module.css';
import { useKnown } from './useKnown.ts';
import { useMessageSearch } from './useMessageSearch.ts';

/** Where a message stands. */
export type MessageAt = Pick<Message, 'chatId' | 'position'>;

interface SearchPaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly call: Call;
  readonly acts: readonly PaletteAct[];
  readonly onOpenChat: (chatId: ChatId) => void;
  readonly onOpenMessage: (at: MessageAt) => void;
}

/** Behind Ctrl+K: people, chats, settings and messages by one field. */
export function SearchPalette(props: SearchPaletteProps): ReactNode {
  const { isOpen, onClose } = props;
  const { t } = useTranslation('search');
  const field = useRef<HTMLInputElement>(null);
  return (
    <Palette isOpen={isOpen} onClose={onClose} title={t('search')} initialFocus={field}>
      <Finder {...props} field={field} />
    </Palette>
  );
}

function Finder({
  field,
  call,
  ...props
}: SearchPaletteProps & { readonly field: React.RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation('search');
  const id = useId();
  const [question, setQuestion] = useState('');
  const [pointed, setPointed] = useState(0);
  const search = useMessageSearch(call);
  const known = useKnown(question);
  const groups = groupsFor(question, { ...known, acts: props.acts, hits: search.hits, hasMoreHits: search.hasMore });
  const entries = groups.flatMap((group) => group.entries);
  const active = Math.min(pointed, entries.length - 1);
  const wanted = useMemo(() => wantedWords(question), [question]);
  const choose = useChoice(props, search.more);

  function type(next: string): void {
    setQuestion(next);
    setPointed(0);
    search.ask({ words: next.slice(0, 200) });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const chosen = entries[active];
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => setPointed((active + 1) % Math.max(1, entries.length)),
      ArrowUp: () => setPointed((active - 1 + entries.length) % Math.max(1, entries.length)),
      PageDown: () => setPointed(Math.min(entries.length - 1, active + 5)),
      PageUp: () => setPointed(Math.max(0, active - 5)),
      Enter: () => chosen && void choose(chosen),
    };
    const isAgain = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    const move = isAgain ? props.onClose : moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  const chosenId = entries[active] && `${id}-${entries[active].id}`;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys are the field's, wherever the focus is
    <div className={styles['finder']} onKeyDown={onKeyDown}>
      <div className={styles['field']}>
        <Search aria-hidden="true" />
        <input
          ref={field}
          className={styles['input']}
          role="combobox"
          aria-label={t('searchLabel')}
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosenId}
          aria-autocomplete="list"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          dir="auto"
          placeholder={t('searchPlaceholder')}
          maxLength={200}
          value={question}
          onChange={(event) => type(event.target.value)}
        />
        <IconButton size="s" label={t('close')} hasTooltip={false} onClick={props.onClose}>
          <X />
        </IconButton>
      </div>
      <PaletteList
        id={id}
        groups={groups}
        activeId={entries[active]?.id}
        wanted={wanted}
        question={question}
        search={search}
        onChoose={(entry) => void choose(entry)}
      />
    </div>
  );
}

/** What happens to the entry one picks. */
function useChoice(
  { onClose, onOpenChat, onOpenMessage }: Omit<SearchPaletteProps, 'call'>,
  more: () => void,
): (entry: Entry) => Promise<void> {
  const { actions } = useChats();
  const errorText = useErrorText();
  return async (entry) => {
    if (entry.kind === 'more') return more();
    try {
      if (entry.kind === 'person') onOpenChat(await actions.openDirect(entry.user.id));
      if (entry.kind === 'chat') onOpenChat(entry.summary.chat.id);
      if (entry.kind === 'hit') onOpenMessage(entry.hit.message);
      onClose();
      if (entry.kind === 'act') entry.act.run();
    } catch (failure) {
      toast(errorText(failure));
    }
  };
}
