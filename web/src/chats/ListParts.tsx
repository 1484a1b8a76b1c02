import type { ChatSummary } from '@dialog/shared/chats';
import type { Folder } from '@dialog/shared/chats.values';
import { FolderCog } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, Suspense, useRef, useState, type WheelEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '../platform/late.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useEverTrue } from '../ui/useEverTrue.ts';
import { countAsking, EVERYONES_PARTS, type ListPart, partOf } from './chats.arranging.store.ts';
import styles from './ListParts.module.css';

const FoldersDialog = lazy(async () => ({ default: (await import('./FolderDialogs.tsx')).FoldersDialog }));

interface ListPartsProps {
  readonly part: ListPart;
  readonly onChange: (part: ListPart) => void;
  readonly shown: readonly ChatSummary[];
  readonly folders: readonly Folder[];
  readonly now: number;
  /** Of the list beneath. */
  readonly panelId: string;
}

interface NamedPart {
  readonly id: ListPart;
  readonly name: string;
}

/** Which part of the list is looked at: one stop for the Tab key, arrows choose. */
export function ListParts({ part, onChange, shown, folders, now, panelId }: ListPartsProps): ReactNode {
  const { t } = useTranslation('chats');
  const tabs = useRef<HTMLDivElement>(null);
  const [isEditing, setEditing] = useState(false);
  const wasEditing = useEverTrue(isEditing);
  const everyones = EVERYONES_PARTS.map((id): NamedPart => ({ id, name: t(`part_${id}`) }));
  // One's own come before what everyone has, after what one needs most.
  const parts = [...everyones.slice(0, 2), ...folders, ...everyones.slice(2)];

  function onKeyDown(event: KeyboardEvent): void {
    const at = parts.findIndex(({ id }) => id === part);
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const steps: Readonly<Record<string, number>> = {
      [forward]: at + 1,
      [backward]: at - 1,
      Home: 0,
      End: parts.length - 1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (step + parts.length) % parts.length;
    onChange(parts[next]?.id ?? 'all');
    tabs.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  }

  return (
    <div className={styles['parts']}>
      <div
        ref={tabs}
        className={styles['tabs']}
        role="tablist"
        tabIndex={-1}
        aria-label={t('parts')}
        onKeyDown={onKeyDown}
        onWheel={scrollSideways}
      >
        {parts.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            role="tab"
            className={styles['tab']}
            aria-selected={id === part}
            aria-controls={panelId}
            tabIndex={id === part ? 0 : -1}
            onClick={(event) => {
              onChange(id);
              event.currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            }}
          >
            <bdi>{name}</bdi>
            {id !== 'unread' && <Asking count={countAsking(partOf(shown, id, { folders }), now)} />}
          </button>
        ))}
      </div>
      <IconButton label={t('editFolders')} size="s" onClick={() => setEditing(true)}>
        <FolderCog />
      </IconButton>
      {wasEditing && (
        <Suspense>
          <FoldersDialog isOpen={isEditing} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** A wheel that turns one way is all that most mice have. */
function scrollSideways({ currentTarget, deltaX, deltaY }: WheelEvent): void {
  if (deltaX === 0) currentTarget.scrollBy({ left: deltaY });
}

function Asking({ count }: { readonly count: number }): ReactNode {
  const { t } = useTranslation('chats');
  if (count === 0) return null;
  return (
    <span className={styles['count']}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t('unreadChats', { count })}</span>
    </span>
  );
}
