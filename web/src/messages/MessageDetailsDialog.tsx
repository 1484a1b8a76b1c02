import type { Message } from '@dialog/shared/messages';
import type { User } from '@dialog/shared/users';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeliverySign } from '../chats/DeliverySign.tsx';
import { dayAndTime } from '../chats/times.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { usePagedList } from '../platform/usePagedList.ts';
import { EmojiSign } from '../emoji/EmojiSign.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { ListEnd } from '../ui/ListEnd.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './dialogs.module.css';
import { RichText } from './RichText.tsx';
import { useMessages } from './useMessages.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';

interface MessageDetailsProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** Who has read a message, who reacted with what, what it said before. */
export function MessageDetailsDialog({ message, onClose }: MessageDetailsProps): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const { me } = useMessages();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('messageDetails')}
      description={t('sentAt', { at: dayAndTime(message.postedAt, i18n.language) })}
    >
      <div className={styles['parts']}>
        {message.reactions?.map(({ emoji, count }) => (
          <Reacted key={emoji} message={message} emoji={emoji} count={count} />
        ))}
        {message.editedAt !== undefined && <Versions message={message} />}
        {message.senderId === me && message.thread === undefined && <Readers message={message} />}
      </div>
    </Dialog>
  );
}

/** Asks once; until then and when that fails says so. */
function useAsked<T>(ask: () => Promise<T>): { readonly answer: T | undefined; readonly error: string | undefined } {
  const errorText = useErrorText();
  const [answer, setAnswer] = useState<T>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    ask().then(
      (answered) => isCurrent && setAnswer(() => answered),
      (failure: unknown) => isCurrent && setError(errorText(failure)),
    );
    return () => {
      isCurrent = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- once per message
  }, []);
  return { answer, error };
}

interface PartProps {
  readonly title: ReactNode;
  readonly error: string | undefined;
  readonly isAsked: boolean;
  readonly children: ReactNode;
}

function Part({ title, error, isAsked, children }: PartProps): ReactNode {
  return (
    <section>
      <h3 className={styles['partTitle']}>{title}</h3>
      <Failure text={error} />
      {!isAsked && error === undefined && <Spinner />}
      {children}
    </section>
  );
}

function Person({ user, children }: { readonly user: User; readonly children?: ReactNode }): ReactNode {
  return (
    <li className={styles['person']}>
      <PersonAvatar user={user} size={32} />
      <span className={styles['choiceName']}>
        <bdi>{user.displayName}</bdi>
      </span>
      {children}
    </li>
  );
}

function Reacted({ message, emoji, count }: { message: Message; emoji: string; count: number }): ReactNode {
  const { actions } = useMessages();
  const { answer, error } = useAsked(() => actions.listReactions(message, emoji));
  return (
    <Part
      title={
        <>
          <EmojiSign emoji={emoji} /> {count}
        </>
      }
      error={error}
      isAsked={answer !== undefined}
    >
      <ul className={styles['people']}>
        {answer?.map((user) => (
          <Person key={user.id} user={user} />
        ))}
      </ul>
    </Part>
  );
}

function Versions({ message }: { readonly message: Message }): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const { actions } = useMessages();
  const { answer, error } = useAsked(() => actions.listVersions(message));
  return (
    <Part title={t('versions')} error={error} isAsked={answer !== undefined}>
      <ol className={styles['versions']}>
        {answer?.map(({ text, writtenAt }) => (
          <li key={`${writtenAt} ${text}`} className={styles['version']}>
            <time dateTime={writtenAt}>{dayAndTime(writtenAt, i18n.language)}</time>
            <p dir="auto">
              <RichText text={text} />
            </p>
          </li>
        ))}
      </ol>
    </Part>
  );
}

type Reader = Awaited<ReturnType<ReturnType<typeof useMessages>['actions']['listReaders']>>['people'][number];

function Readers({ message }: { readonly message: Message }): ReactNode {
  const { t } = useTranslation(['messages', 'chats']);
  const { actions } = useMessages();
  const list = usePagedList<Reader>(async (last) => {
    const { people, hasMore } = await actions.listReaders(message, last?.user.id);
    return { items: people, hasMore };
  });
  const { items, load } = list;
  useEffect(() => void load(), [load]);

  return (
    <Part title={t('readersTitle')} error={undefined} isAsked={items !== undefined || list.error !== undefined}>
      <ul className={styles['people']}>
        {items?.map(({ user, state }) => (
          <Person key={user.id} user={user}>
            <span className={styles['state']}>
              {t(`chats:state_${state}`)}
              <DeliverySign state={state} />
            </span>
          </Person>
        ))}
      </ul>
      <ListEnd list={list} />
    </Part>
  );
}
