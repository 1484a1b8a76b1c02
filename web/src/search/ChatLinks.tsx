import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { Link2, MessageSquareText } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayAndTime, shortTime } from '../chats/times.ts';
import { usePersonName } from '../chats/useChats.ts';
import { useDay } from '../chats/useDay.ts';
import type { Call } from '../platform/api.ts';
import { urlOf } from '../platform/apiUrl.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './ChatLinks.module.css';
import { linksIn, saidAs, type SentLink } from './linksIn.ts';
import { SearchNote } from './SearchNote.tsx';
import type { MessageAt } from './SearchPalette.tsx';
import { useMessageSearch } from './useMessageSearch.ts';

interface ChatLinksProps {
  readonly chatId: ChatId;
  readonly call: Call;
  readonly onOpenMessage: (at: MessageAt) => void;
}

/** All links that were sent in a chat, the newest first: found as a search for them finds them, page by page. */
export function ChatLinks({ chatId, call, onOpenMessage }: ChatLinksProps): ReactNode {
  const { t } = useTranslation('search');
  const search = useMessageSearch(call);
  const { ask, hits, isAnswered, isAsking, hasMore, failure } = search;
  useEffect(() => ask({ words: '', kinds: ['link'], chatId }), [ask, chatId]);
  const rows = hits.flatMap(({ message }) => linksIn(message).map((link) => ({ message, link })));
  return (
    <>
      <ul className={styles['links']} aria-busy={isAsking}>
        {rows.map(({ message, link }) => (
          <li key={`${message.id} ${link.href}`} className={styles['row']}>
            <LinkRow message={message} link={link} />
            <IconButton size="s" label={t('showInChat')} onClick={() => onOpenMessage(message)}>
              <MessageSquareText />
            </IconButton>
          </li>
        ))}
      </ul>
      {isAsking && !isAnswered && (
        <p className={styles['none']}>
          <Spinner />
        </p>
      )}
      <SearchNote search={search} />
      {isAnswered && rows.length === 0 && !hasMore && <p className={styles['none']}>{t('noLinks')}</p>}
      {hasMore && failure === undefined && (
        <div className={styles['none']}>
          <Button size="s" isBusy={isAsking} onClick={search.more}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}

function LinkRow({ message, link }: { readonly message: Message; readonly link: SentLink }): ReactNode {
  const { i18n } = useTranslation('search');
  const { href, preview } = link;
  const { senderId, postedAt } = message;
  const sender = usePersonName(senderId);
  const day = useDay();
  const host = URL.parse(href)?.host.replace(/^www\./, '') ?? '';
  return (
    <a className={styles['link']} href={href} title={href} target="_blank" rel="noopener noreferrer">
      <Sign link={link} />
      <span className={styles['lines']}>
        <bdi className={styles['title']}>{preview?.title ?? saidAs(href)}</bdi>
        <span className={styles['under']}>
          {preview?.title !== undefined && <bdi className={styles['host']}>{host}</bdi>}
          <bdi className={styles['host']}>{sender}</bdi>
          <time dateTime={postedAt} title={dayAndTime(postedAt, i18n.language)}>
            {shortTime(postedAt, day, i18n.language)}
          </time>
        </span>
      </span>
    </a>
  );
}

/** What the page shows of itself; a sign for what has nothing to show. */
function Sign({ link: { preview } }: { readonly link: SentLink }): ReactNode {
  const [isBroken, setBroken] = useState(false);
  const { picture } = preview ?? {};
  return (
    <span className={styles['sign']} aria-hidden="true">
      {picture && !isBroken ? (
        <img
          src={urlOf('/previews/:pictureId', { pictureId: picture.id })}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      ) : (
        <Link2 />
      )}
    </span>
  );
}
