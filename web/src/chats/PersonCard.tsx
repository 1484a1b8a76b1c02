import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Presence } from '@dialog/shared/presence';
import type { User } from '@dialog/shared/users';
import { MessageCircle, Pencil, Phone, Video } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAct } from '../platform/useAct.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { PersonAvatar } from '../users/PersonAvatar.tsx';
import type { ProfileActions } from '../users/profile.actions.ts';
import { StatusLine } from '../users/profile/StatusLine.tsx';
import type { ChatList } from './chats.store.ts';
import { ChatAvatar } from './ChatAvatar.tsx';
import { dotOf } from './dotOf.ts';
import { followProfile, type ProfileAnswer, type ReadProfile } from './followProfile.ts';
import styles from './PersonCard.module.css';
import { useChats, useChatTitle, usePresence } from './useChats.ts';
import { usePresenceText } from './usePresenceLine.ts';

export interface PersonCardProps {
  readonly userId: UserId;
  readonly onClose: () => void;
  readonly read: ProfileActions['read'];
  readonly onOpenChat: (chatId: ChatId) => void;
  /** In the chat with them. */
  readonly onCall: (chatId: ChatId, hasCamera: boolean) => void;
  /** One's own. */
  readonly onEdit: () => void;
  /** What else can be done with them: friendship, blocking. */
  readonly renderActs?: (user: User) => ReactNode;
}

/** Who somebody is: large picture, names, what they say of themselves, and where one meets them. */
export function PersonCard(props: PersonCardProps): ReactNode {
  const { t } = useTranslation('profile');
  return (
    <Dialog isOpen onClose={props.onClose} title={t('profileTitle')}>
      <Card key={props.userId} {...props} />
    </Dialog>
  );
}

function Card(props: PersonCardProps): ReactNode {
  const { t } = useTranslation('profile');
  const { userId } = props;
  const { people } = useChats().sync;
  const known = useStore(people.store, (everyone) => everyone.get(userId));
  const { read, isNone, error } = useProfile(userId, props.read);
  const user = known ?? read?.profile.user;
  if (user) return <Known {...props} user={user} answer={read} error={error} />;
  if (isNone) return <p className={styles['note']}>{t('noProfile')}</p>;
  return error === undefined ? <Skeleton height="220px" /> : <Failure text={error} />;
}

interface KnownProps extends PersonCardProps {
  readonly user: User;
  readonly answer: ReadProfile | undefined;
  /** Why there is no answer. */
  readonly error: string | undefined;
}

function Known({ user, answer, error, ...props }: KnownProps): ReactNode {
  const { me } = useChats();
  const isMe = user.id === me;
  const presence = usePresence(isMe ? undefined : user.id);
  const presenceText = usePresenceText(presence);
  function open(chatId: ChatId): void {
    props.onClose();
    props.onOpenChat(chatId);
  }
  return (
    <div className={styles['card']}>
      <PersonAvatar user={user} size={144} dot={dotOf(presence)} />
      <div className={styles['names']}>
        <h3 className={styles['name']} dir="auto">
          {user.displayName}
        </h3>
        <p className={styles['note']}>
          <bdi dir="ltr">@{user.userName}</bdi>
          {presenceText !== undefined && ` · ${presenceText}`}
        </p>
      </div>
      <Failure text={error} />
      {answer && <Said answer={answer} presence={presence} onOpenChat={open} />}
      {isMe ? <EditButton onEdit={props.onEdit} /> : <Acts {...props} user={user} onOpenChat={open} />}
    </div>
  );
}

function EditButton({ onEdit }: Pick<PersonCardProps, 'onEdit'>): ReactNode {
  const { t } = useTranslation('profile');
  return (
    <Button icon={<Pencil size={18} />} onClick={onEdit}>
      {t('edit')}
    </Button>
  );
}

interface ActsProps extends Pick<PersonCardProps, 'onOpenChat' | 'onCall' | 'renderActs'> {
  readonly user: User;
}

function Acts({ user, onOpenChat, onCall, renderActs }: ActsProps): ReactNode {
  const { t } = useTranslation('profile');
  const { actions, sync } = useChats();
  const isBlocked = useStore(sync.store, ({ list }) => list.relations.get(user.id)?.isBlocked === true);
  const { act, isBusy, error } = useAct();
  const openDirect = () => act(() => actions.openDirect(user.id));
  async function write(): Promise<void> {
    const chatId = await openDirect();
    if (chatId !== undefined) onOpenChat(chatId);
  }
  async function call(hasCamera: boolean): Promise<void> {
    const chatId = directWith(user.id, sync.store.getState().list.chats) ?? (await openDirect());
    if (chatId !== undefined) onCall(chatId, hasCamera);
  }
  return (
    <>
      <Failure text={error} />
      {!isBlocked && (
        <div className={styles['acts']}>
          <Button kind="primary" icon={<MessageCircle size={18} />} isBusy={isBusy} onClick={() => void write()}>
            {t('write')}
          </Button>
          <IconButton label={t('callVoice')} onClick={() => void call(false)}>
            <Phone />
          </IconButton>
          <IconButton label={t('callVideo')} onClick={() => void call(true)}>
            <Video />
          </IconButton>
        </div>
      )}
      {renderActs?.(user)}
    </>
  );
}

/** The chat that the two have, if they have one. */
function directWith(userId: UserId, chats: ChatList['chats']): ChatId | undefined {
  for (const { summary } of chats.values()) if (summary.peer?.id === userId) return summary.chat.id;
  return undefined;
}

interface SaidProps extends Pick<PersonCardProps, 'onOpenChat'> {
  readonly answer: ReadProfile;
  readonly presence: Presence | undefined;
}

function Said({ answer, presence, onOpenChat }: SaidProps): ReactNode {
  const { t } = useTranslation('profile');
  const { profile, commonChatIds } = answer;
  return (
    <>
      {/* Who is watched is heard of at once; the profile is as old as the card. */}
      <StatusLine status={presence ? (presence.status ?? null) : profile.status} />
      {profile.description !== '' && (
        <p className={styles['description']} dir="auto">
          {profile.description}
        </p>
      )}
      {commonChatIds.length > 0 && (
        <section className={styles['common']}>
          <h4 className={styles['heading']}>{t('commonChats')}</h4>
          <ul>
            {commonChatIds.map((chatId) => (
              <CommonChat key={chatId} chatId={chatId} onOpen={onOpenChat} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface CommonChatProps {
  readonly chatId: ChatId;
  readonly onOpen: (chatId: ChatId) => void;
}

function CommonChat({ chatId, onOpen }: CommonChatProps): ReactNode {
  const { sync } = useChats();
  const titleOf = useChatTitle();
  const summary = useStore(sync.store, ({ list }) => list.chats.get(chatId)?.summary);
  if (!summary) return null;
  return (
    <li>
      <button type="button" className={styles['chat']} onClick={() => onOpen(chatId)}>
        <ChatAvatar summary={summary} size={32} />
        <bdi className={styles['chatTitle']}>{titleOf(summary)}</bdi>
      </button>
    </li>
  );
}

interface Profile {
  readonly read: ReadProfile | undefined;
  readonly isNone: boolean;
  readonly error: string | undefined;
}

/** A failure does not take away what was read before it. */
function useProfile(userId: UserId, read: ProfileActions['read']): Profile {
  const errorText = useErrorText();
  const { people } = useChats().sync;
  const [answer, setAnswer] = useState<ProfileAnswer>();
  useEffect(
    () =>
      followProfile(userId, { read, people }, (next) =>
        setAnswer((known) => (next.kind === 'failed' && known?.kind === 'found' ? known : next)),
      ),
    [userId, read, people],
  );
  return {
    read: answer?.kind === 'found' ? answer.read : undefined,
    isNone: answer?.kind === 'none',
    error: answer?.kind === 'failed' ? errorText(answer.failure) : undefined,
  };
}
