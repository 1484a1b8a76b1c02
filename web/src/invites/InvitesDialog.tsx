import type { ChatId } from '@dialog/shared/contract/values';
import type { Invite } from '@dialog/shared/invites';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import type { Invites } from './invites.ts';
import styles from './InvitesDialog.module.css';
import { InviteCard } from './InviteCard.tsx';
import { NewInvite } from './NewInvite.tsx';

interface InvitesDialogProps {
  readonly onClose: () => void;
  readonly chatId: ChatId;
  readonly invites: Invites;
}

/** The links of a group: seen, copied, shown as a picture, ended and made. */
export function InvitesDialog({ onClose, chatId, invites }: InvitesDialogProps): ReactNode {
  const { t } = useTranslation('invites');
  return (
    <Dialog isOpen onClose={onClose} title={t('invites')}>
      <InviteList chatId={chatId} invites={invites} />
    </Dialog>
  );
}

function InviteList({ chatId, invites }: Omit<InvitesDialogProps, 'onClose'>): ReactNode {
  const { t } = useTranslation('invites');
  const { act, isBusy, error } = useAct();
  const [known, setKnown] = useState<readonly Invite[]>();
  /** The one whose picture is shown: at first the one just made. */
  const [shown, setShown] = useState<string>();
  const [isMaking, setMaking] = useState(false);
  useEffect(() => {
    void act(async () => setKnown((await invites.list(chatId)).invites));
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it opens
  }, [chatId, invites]);

  async function revoke(invite: Invite): Promise<void> {
    await act(async () => {
      await invites.revoke(chatId, invite.id);
      setKnown((before) => before?.filter((one) => one.id !== invite.id));
    });
  }

  if (isMaking || known?.length === 0) {
    return (
      <NewInvite
        isFirst={known?.length === 0}
        isBusy={isBusy}
        error={error}
        onCancel={() => setMaking(false)}
        onCreate={async (wish) => {
          await act(async () => {
            const made = await invites.create(chatId, wish);
            setKnown((before = []) => [made, ...before]);
            setShown(made.id);
            setMaking(false);
          });
        }}
      />
    );
  }
  return (
    <div className={styles['list']} aria-busy={known === undefined}>
      {known === undefined && error === undefined && <Skeleton width="100%" height="96px" />}
      {known?.map((invite) => (
        <InviteCard
          key={invite.id}
          invite={invite}
          isShown={shown === invite.id}
          onShow={() => setShown(shown === invite.id ? undefined : invite.id)}
          onMail={(claim) => invites.mail(chatId, invite.id, claim)}
          onRevoke={() => void revoke(invite)}
        />
      ))}
      <Failure text={error} />
      {known && (
        <div className={styles['footer']}>
          <Button kind="primary" onClick={() => setMaking(true)}>
            {t('newInvite')}
          </Button>
        </div>
      )}
    </div>
  );
}
