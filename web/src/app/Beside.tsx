import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Shell.module.css';
import { lazy } from '../platform/late.ts';
import type { Details } from './useDetails.ts';
import { useOpenMessage } from './useOpenMessage.ts';
import { useSession } from './useSession.ts';
import type { ThreadPlace } from './useThreadPane.ts';

const ChatSearch = lazy(async () => ({ default: (await import('../search/ChatSearch.tsx')).ChatSearch }));
const DetailsHere = lazy(async () => ({ default: (await import('./DetailsHere.tsx')).DetailsHere }));
const ThreadHere = lazy(async () => ({ default: (await import('./ThreadHere.tsx')).ThreadHere }));

interface BesideProps {
  readonly details: Details;
  readonly thread: ThreadPlace;
  readonly onOpen: (chatId: ChatId | undefined) => void;
}

/** The third pane: a thread, what a chat is, or what is looked for in it. */
export function Beside({ details, thread, onOpen }: BesideProps): ReactNode {
  const { t } = useTranslation('app');
  const { open } = thread;
  const { chatId, what } = details;
  if (open)
    return (
      <aside className={styles['details']} aria-label={t('thread')}>
        <Suspense>
          <ThreadHere key={`${open.chatId}/${open.thread}`} {...open} onClose={thread.close} />
        </Suspense>
      </aside>
    );
  if (!chatId) return null;
  return (
    <aside className={styles['details']} aria-label={t(what)}>
      <Suspense>
        {what === 'details' ? (
          <DetailsHere chatId={chatId} onClose={details.close} onOpen={onOpen} />
        ) : (
          <SearchHere chatId={chatId} details={details} />
        )}
      </Suspense>
    </aside>
  );
}

function SearchHere({ chatId, details }: { readonly chatId: ChatId; readonly details: Details }): ReactNode {
  const { call } = useSession();
  const openMessage = useOpenMessage();
  return (
    <ChatSearch
      key={chatId}
      chatId={chatId}
      call={call}
      onClose={details.close}
      onOpenMessage={(at) => {
        openMessage(at);
        details.uncover();
      }}
    />
  );
}
