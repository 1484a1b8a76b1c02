import type { ChatId } from '@dialog/shared/contract/values';
import type { JoinRequest } from '@dialog/shared/invites';
import { Check, UserCheck, X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { usePagedList } from '../platform/usePagedList.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Failure } from '../ui/Failure.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import type { Invites } from './invites.ts';
import styles from './RequestsDialog.module.css';
import { ListEnd } from '../ui/ListEnd.tsx';
import { PersonAvatar } from '../users/PersonAvatar.tsx';

interface RequestsDialogProps {
  readonly onClose: () => void;
  readonly chatId: ChatId;
  readonly invites: Invites;
}

/** Who asked to come in, to be let in or not. */
export function RequestsDialog({ onClose, chatId, invites }: RequestsDialogProps): ReactNode {
  const { t } = useTranslation('invites');
  return (
    <Dialog isOpen onClose={onClose} title={t('requests')}>
      <Requests chatId={chatId} invites={invites} />
    </Dialog>
  );
}

function Requests({ chatId, invites }: Omit<RequestsDialogProps, 'onClose'>): ReactNode {
  const { t } = useTranslation('invites');
  const list = usePagedList<JoinRequest>(async (last) => {
    const { requests, hasMore } = await invites.requests(chatId, last?.user.id);
    return { items: requests, hasMore };
  });
  const { act, isBusy, error } = useAct();
  const { items, load } = list;
  useEffect(() => void load(), [load]);

  async function decide(request: JoinRequest, work: Promise<void>): Promise<void> {
    await act(async () => {
      await work;
      list.drop(request);
    });
  }

  if (items?.length === 0)
    return <EmptyState icon={<UserCheck />} title={t('noRequests')} text={t('noRequestsText')} />;
  return (
    <div aria-busy={items === undefined}>
      <ul>
        {items?.map((request) => (
          <li key={request.user.id} className={styles['request']}>
            <RequestNames request={request} />
            <IconButton
              label={t('refuse', { name: request.user.displayName })}
              disabled={isBusy}
              onClick={() => void decide(request, invites.refuse(chatId, request.user.id))}
            >
              <X />
            </IconButton>
            <IconButton
              kind="accent"
              label={t('admit', { name: request.user.displayName })}
              disabled={isBusy}
              onClick={() => void decide(request, invites.admit(chatId, request.user.id))}
            >
              <Check />
            </IconButton>
          </li>
        ))}
      </ul>
      <ListEnd list={list} />
      <Failure text={error} />
    </div>
  );
}

function RequestNames({ request: { user, askedAt } }: { readonly request: JoinRequest }): ReactNode {
  const { i18n } = useTranslation('invites');
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <PersonAvatar user={user} size={38} />
      <div className={styles['names']}>
        <bdi>{user.displayName}</bdi>
        <span className={styles['under']}>
          <bdi dir="ltr">@{user.userName}</bdi>
          {` · ${format.format(new Date(askedAt))}`}
        </span>
      </div>
    </>
  );
}
