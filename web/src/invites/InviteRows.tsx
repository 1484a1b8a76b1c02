import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { Link2, UserPlus } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayManage } from '../chats/members.store.ts';
import { lazy } from '../platform/late.ts';
import { Badge } from '../ui/Badge.tsx';
import { ListButton } from '../ui/ListButton.tsx';
import type { Invites } from './invites.ts';

const InvitesDialog = lazy(async () => ({ default: (await import('./InvitesDialog.tsx')).InvitesDialog }));
const RequestsDialog = lazy(async () => ({ default: (await import('./RequestsDialog.tsx')).RequestsDialog }));

interface InviteRowsProps {
  readonly summary: ChatSummary;
  readonly invites: Invites;
}

/** On a group's page: its links, and who wants to come in; for owners and admins. */
export function InviteRows({ summary: { chat, role }, invites }: InviteRowsProps): ReactNode {
  if (chat.kind !== 'group' || !mayManage(role)) return null;
  return <Rows key={chat.id} chatId={chat.id} invites={invites} />;
}

function Rows({ chatId, invites }: { readonly chatId: ChatId; readonly invites: Invites }): ReactNode {
  const { t } = useTranslation('invites');
  const [open, setOpen] = useState<'invites' | 'requests'>();
  const close = (): void => setOpen(undefined);
  const requestCount = useRequestCount(chatId, invites);
  return (
    <>
      <ListButton icon={<Link2 aria-hidden="true" />} onClick={() => setOpen('invites')}>
        {t('invites')}
      </ListButton>
      {requestCount > 0 && (
        <ListButton
          icon={<UserPlus aria-hidden="true" />}
          trail={<Badge label={t('waiting', { count: requestCount })}>{requestCount}</Badge>}
          onClick={() => setOpen('requests')}
        >
          {t('requests')}
        </ListButton>
      )}
      <Suspense>
        {open === 'invites' && <InvitesDialog onClose={close} chatId={chatId} invites={invites} />}
        {open === 'requests' && <RequestsDialog onClose={close} chatId={chatId} invites={invites} />}
      </Suspense>
    </>
  );
}

/** Asked for once, then told. */
function useRequestCount(chatId: ChatId, invites: Invites): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    let isTold = false;
    const stop = invites.onRequests((toldOf, requestCount) => {
      if (toldOf !== chatId) return;
      isTold = true;
      setCount(requestCount);
    });
    void invites.list(chatId).then(
      ({ requestCount }) => !isTold && setCount(requestCount),
      () => undefined,
    );
    return stop;
  }, [chatId, invites]);
  return count;
}
