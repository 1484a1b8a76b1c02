import type { Role } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { type ChatMembers, lastMemberId, presentMembers } from './members.store.ts';
import styles from './MemberList.module.css';
import { MemberRow } from './MemberRow.tsx';
import { useAct } from '../platform/useAct.ts';
import { useChats } from './useChats.ts';
import { useFoundMembers } from './useFoundMembers.ts';

/** In smaller groups one sees everybody at a glance. */
const SEARCHED_FROM = 12;

interface MemberListProps {
  readonly chatId: ChatId;
  readonly myRole: Role;
  readonly isPresenceShown: boolean;
  readonly onOpen: (chatId: ChatId) => void;
}

export function MemberList({ chatId, myRole, isPresenceShown, onOpen }: MemberListProps): ReactNode {
  const { t, i18n } = useTranslation('chats');
  const { sync } = useChats();
  const known = useStore(sync.store, ({ members }) => members.get(chatId));
  const [name, setName] = useState('');
  const found = useFoundMembers(chatId, name);
  const members = useMemo(
    () => known && presentMembers(known, new Intl.Collator(i18n.language).compare),
    [known, i18n.language],
  );
  if (!known || !members) return <MembersSkeleton />;
  return (
    <section aria-label={t('people')}>
      <h3 className={styles['heading']}>{t('people')}</h3>
      {(known.hasMore || members.length >= SEARCHED_FROM) && (
        <div className={styles['find']}>
          <TextField
            label={t('findMember')}
            isLabelHidden
            placeholder={t('findMember')}
            value={name}
            onChange={setName}
          />
        </div>
      )}
      {found?.length === 0 && <p className={styles['none']}>{t('noMember')}</p>}
      <ul>
        {(found ?? members).map((member) => (
          <li key={member.user.id}>
            <MemberRow member={member} myRole={myRole} isPresenceShown={isPresenceShown} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {known.hasMore && !found && <MoreMembers chatId={chatId} known={known} />}
    </section>
  );
}

/** The next page: nobody is sent all of a large group. */
function MoreMembers({ chatId, known }: { readonly chatId: ChatId; readonly known: ChatMembers }): ReactNode {
  const { t } = useTranslation('chats');
  const { actions } = useChats();
  const { act, isBusy, error } = useAct();
  return (
    <>
      <Button
        kind="quiet"
        isWide
        isBusy={isBusy}
        onClick={() => void act(() => actions.loadMembers(chatId, lastMemberId(known)))}
      >
        {t('loadMore')}
      </Button>
      <Failure text={error} />
    </>
  );
}

function MembersSkeleton(): ReactNode {
  return (
    <div aria-busy="true">
      {['55%', '40%', '62%'].map((width) => (
        <div key={width} className={styles['member']}>
          <Skeleton width="38px" height="38px" isRound />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  );
}
