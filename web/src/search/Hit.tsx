import { searchedText, type SearchHit } from '@dialog/shared/search';
import type { WantedWord } from '@dialog/shared/words';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { groupPictureUrl } from '../chats/groupPicture.ts';
import { dayAndTime, shortTime } from '../chats/times.ts';
import { useChats, usePersonName, useSummary } from '../chats/useChats.ts';
import { useDay } from '../chats/useDay.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Excerpt } from './Excerpt.tsx';
import styles from './Hit.module.css';
import { PersonFace } from '../chats/PersonFace.tsx';
import { avatarUrl } from '../users/avatarUrl.ts';

const SIZE = 36;

interface HitProps {
  readonly hit: SearchHit;
  readonly wanted: readonly WantedWord[];
}

/** A message that was found in one of many chats: where, by whom, when, and the part of it that was looked for. */
export function Hit({ hit, wanted }: HitProps): ReactNode {
  const { t } = useTranslation('chats');
  const { chat, message } = hit;
  const { me } = useChats();
  const sender = usePersonName(message.senderId);
  const title = chat.title ?? chat.peer?.displayName ?? t('formerMember');
  const isSigned = chat.kind === 'group' || message.senderId === me;
  return (
    <>
      <Face chat={chat} title={title} />
      <Lines
        hit={hit}
        wanted={wanted}
        title={title}
        lead={
          isSigned && (
            <span className={styles['sender']}>
              <bdi>{sender}</bdi>:{' '}
            </span>
          )
        }
      />
    </>
  );
}

function Face({ chat, title }: { readonly chat: SearchHit['chat']; readonly title: string }): ReactNode {
  const known = useSummary(chat.id);
  const picture = chat.peer ? avatarUrl(known?.peer ?? chat.peer, SIZE) : known && groupPictureUrl(known.chat, SIZE);
  const { id } = chat.peer ?? chat;
  return <Avatar name={title} id={id} size={SIZE} isGroup={chat.kind === 'group'} picture={picture} />;
}

/** A message that was found in the chat one is in: by whom, when, and the part of it that was looked for. */
export function HitInChat({ hit, wanted }: HitProps): ReactNode {
  const { senderId } = hit.message;
  const name = usePersonName(senderId);
  return (
    <>
      <PersonFace userId={senderId} name={name} size={36} />
      <Lines hit={hit} wanted={wanted} title={name} />
    </>
  );
}

interface LinesProps extends HitProps {
  readonly title: string;
  readonly lead?: ReactNode;
}

function Lines({ hit: { message }, wanted, title, lead }: LinesProps): ReactNode {
  const { i18n } = useTranslation('chats');
  const { content, postedAt } = message;
  return (
    <span className={styles['lines']}>
      <span className={styles['line']}>
        <span className={styles['title']}>
          <bdi>{title}</bdi>
        </span>
        <time className={styles['time']} dateTime={postedAt} title={dayAndTime(postedAt, i18n.language)}>
          {shortTime(postedAt, useDay(), i18n.language)}
        </time>
      </span>
      <Excerpt text={content.kind === 'text' ? searchedText(content) : ''} wanted={wanted} lead={lead} />
    </span>
  );
}
