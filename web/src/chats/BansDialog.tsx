import type { Ban } from '@dialog/shared/chats.groups';
import type { ChatId } from '@dialog/shared/contract/values';
import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Failure } from '../ui/Failure.tsx';
import styles from './MemberList.module.css';
import { useAct } from '../platform/useAct.ts';
import { useChats, usePersonName } from './useChats.ts';
import { usePagedList } from '../platform/usePagedList.ts';
import { ListEnd } from '../ui/ListEnd.tsx';
import { PersonAvatar } from '../users/PersonAvatar.tsx';

interface BansDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly chatId: ChatId;
}

/** Who is kept out of a group, and letting them in again. */
export function BansDialog({ isOpen, onClose, chatId }: BansDialogProps): ReactNode {
  const { t } = useTranslation('chats');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('banned')}>
      {isOpen && <Bans chatId={chatId} />}
    </Dialog>
  );
}

function Bans({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('chats');
  const { groups } = useChats();
  const list = usePagedList<Ban>(async (last) => {
    const { bans, hasMore } = await groups.bans(chatId, last?.user.id);
    return { items: bans, hasMore };
  });
  const { act, error } = useAct();
  const { items, load } = list;
  useEffect(() => void load(), [load]);

  async function lift(ban: Ban): Promise<void> {
    await act(async () => {
      await groups.liftBan(chatId, ban.user.id);
      list.drop(ban);
    });
  }

  if (items?.length === 0) return <EmptyState icon={<ShieldCheck />} title={t('noBansTitle')} text={t('noBansText')} />;
  return (
    <div aria-busy={items === undefined}>
      <ul>
        {items?.map((ban) => (
          <li key={ban.user.id}>
            <BanRow ban={ban} onLift={() => void lift(ban)} />
          </li>
        ))}
      </ul>
      <ListEnd list={list} />
      <Failure text={error} />
    </div>
  );
}

function BanRow({ ban, onLift }: { readonly ban: Ban; readonly onLift: () => void }): ReactNode {
  const { t, i18n } = useTranslation('chats');
  const { user, bannedBy, bannedAt } = ban;
  const name = usePersonName(bannedBy);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(new Date(bannedAt));
  return (
    <div className={styles['member']}>
      <PersonAvatar user={user} size={38} />
      <div className={styles['names']}>
        <span className={styles['name']}>
          <bdi>{user.displayName}</bdi>
        </span>
        <span className={styles['userName']}>{t('bannedOn', { date, name })}</span>
      </div>
      <Button size="s" onClick={onLift}>
        {t('liftBan')}
      </Button>
    </div>
  );
}
