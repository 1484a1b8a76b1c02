import type { ChatId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { Ban, EllipsisVertical, MessageCircle, UserMinus, UsersRound } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import { Pane } from '../ui/Pane.tsx';
import { Section } from '../ui/Section.tsx';
import { AddSomebody } from './AddSomebody.tsx';
import { BlockDialog } from './BlockDialog.tsx';
import { OwnLink } from './OwnLink.tsx';
import styles from './People.module.css';
import type { People } from './people.ts';
import { PersonRow } from './PersonRow.tsx';
import { type Sorted, useRelations } from './useRelations.ts';
import { useRowFocus } from './useRowFocus.ts';
import { useRun } from './useRun.ts';

interface PeoplePaneProps {
  readonly people: People;
  readonly onBack: () => void;
  readonly onOpenChat: (chatId: ChatId) => void;
}

/** Friends, who wants to be one, who was asked, and who is blocked. */
export function PeoplePane({ people, onBack, onOpenChat }: PeoplePaneProps): ReactNode {
  const { t } = useTranslation('people');
  const relations = useRelations();
  const heading = useRef<HTMLHeadingElement>(null);
  const holdFocus = useRowFocus(heading);
  return (
    <Pane title={t('title')} heading={heading} backLabel={t('back')} onBack={onBack} onFocus={holdFocus}>
      <Asking asking={relations.asking} people={people} />
      <AddSomebody people={people} />
      <Friends friends={relations.friends} people={people} onOpenChat={onOpenChat} />
      <Asked asked={relations.asked} people={people} />
      <OwnLink people={people} />
      <Blocked blocked={relations.blocked} people={people} />
    </Pane>
  );
}

interface AskingProps extends Pick<Sorted, 'asking'> {
  readonly people: People;
}

function Asking({ asking, people }: AskingProps): ReactNode {
  const { t } = useTranslation('people');
  if (asking.length === 0) return null;
  return (
    <Section title={t('requests')} text={t('requests_hint')}>
      <ul className={styles['list']}>
        {asking.map(({ user }) => (
          <PersonRow key={user.id} user={user}>
            <AskingActs user={user} people={people} />
          </PersonRow>
        ))}
      </ul>
    </Section>
  );
}

interface ActsProps {
  readonly user: User;
  readonly people: People;
}

function AskingActs({ user, people }: ActsProps): ReactNode {
  const { t } = useTranslation('people');
  const declining = useRun();
  const accepting = useRun();
  const name = user.displayName;
  return (
    <>
      <Button
        size="s"
        isBusy={declining.isBusy}
        disabled={accepting.isBusy}
        aria-label={t('declineOf', { name })}
        onClick={() => declining.run(() => people.decline(user.id))}
      >
        {t('decline')}
      </Button>
      <Button
        size="s"
        kind="primary"
        isBusy={accepting.isBusy}
        disabled={declining.isBusy}
        aria-label={t('acceptOf', { name })}
        onClick={() => accepting.run(() => people.accept(user.id), t('nowFriends', { name }))}
      >
        {t('accept')}
      </Button>
    </>
  );
}

interface FriendsProps extends Pick<Sorted, 'friends'>, Pick<PeoplePaneProps, 'people' | 'onOpenChat'> {}

function Friends({ friends, people, onOpenChat }: FriendsProps): ReactNode {
  const { t } = useTranslation('people');
  return (
    <Section title={friends.length === 0 ? t('friends') : t('friendsCount', { count: friends.length })}>
      {friends.length === 0 ? (
        <div className={styles['none']}>
          <UsersRound aria-hidden="true" />
          <p className={styles['name']}>{t('noFriendsTitle')}</p>
          <p className={styles['note']}>{t('noFriendsText')}</p>
        </div>
      ) : (
        <ul className={styles['list']}>
          {friends.map(({ user }) => (
            <PersonRow key={user.id} user={user} isPresenceShown>
              <FriendActs user={user} people={people} onOpenChat={onOpenChat} />
            </PersonRow>
          ))}
        </ul>
      )}
    </Section>
  );
}

function FriendActs({ user, people, onOpenChat }: ActsProps & Pick<FriendsProps, 'onOpenChat'>): ReactNode {
  const { t } = useTranslation('people');
  const { actions } = useChats();
  const errorText = useErrorText();
  const { run } = useRun();
  const [asking, setAsking] = useState<'remove' | 'block'>();
  const name = user.displayName;
  const write = async (): Promise<void> => onOpenChat(await actions.openDirect(user.id));
  return (
    <>
      <IconButton label={t('writeTo', { name })} onClick={() => run(write)}>
        <MessageCircle />
      </IconButton>
      <Menu
        trigger={
          <IconButton label={t('more', { name })} hasTooltip={false}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<UserMinus />} onSelect={() => setAsking('remove')}>
          {t('remove')}
        </MenuItem>
        <MenuItem icon={<Ban />} isDanger onSelect={() => setAsking('block')}>
          {t('blockEllipsis')}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        isOpen={asking === 'remove'}
        onClose={() => setAsking(undefined)}
        title={t('removeTitle', { name })}
        text={t('removeText', { name })}
        confirmLabel={t('remove')}
        isDanger
        onConfirm={() => people.remove(user.id)}
        errorText={errorText}
      />
      <BlockDialog isOpen={asking === 'block'} onClose={() => setAsking(undefined)} user={user} people={people} />
    </>
  );
}

function Asked({ asked, people }: Pick<Sorted, 'asked'> & Pick<PeoplePaneProps, 'people'>): ReactNode {
  const { t } = useTranslation('people');
  if (asked.length === 0) return null;
  return (
    <Section title={t('waiting')}>
      <ul className={styles['list']}>
        {asked.map(({ user }) => (
          <PersonRow key={user.id} user={user}>
            <OnlyAct
              label={t('withdraw')}
              fullLabel={t('withdrawOf', { name: user.displayName })}
              act={() => people.withdraw(user.id)}
            />
          </PersonRow>
        ))}
      </ul>
    </Section>
  );
}

interface OnlyActProps {
  readonly label: string;
  /** The same with whom it is about. */
  readonly fullLabel: string;
  readonly act: () => Promise<void>;
  /** What is said when it is done. */
  readonly done?: string;
}

function OnlyAct({ label, fullLabel, act, done }: OnlyActProps): ReactNode {
  const { run, isBusy } = useRun();
  return (
    <Button size="s" isBusy={isBusy} aria-label={fullLabel} onClick={() => run(act, done)}>
      {label}
    </Button>
  );
}

function Blocked({ blocked, people }: Pick<Sorted, 'blocked'> & Pick<PeoplePaneProps, 'people'>): ReactNode {
  const { t } = useTranslation('people');
  if (blocked.length === 0) return null;
  return (
    <Section title={t('blocked')} text={t('blockedText')}>
      <ul className={styles['list']}>
        {blocked.map(({ user }) => (
          <PersonRow key={user.id} user={user}>
            <OnlyAct
              label={t('unblock')}
              fullLabel={t('unblockOf', { name: user.displayName })}
              act={() => people.unblock(user.id)}
              done={t('unblocked', { name: user.displayName })}
            />
          </PersonRow>
        ))}
      </ul>
    </Section>
  );
}
