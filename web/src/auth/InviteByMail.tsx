import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast.ts';
import { EmailForm } from './EmailForm.tsx';

interface InviteByMailProps {
  /** Resolves with whether a mail goes out; undefined: the server did not say. */
  readonly onInvite: (claim: { readonly address: string; readonly language: string }) => Promise<boolean | undefined>;
  /** After it was sent. */
  readonly onDone?: () => void;
}

/** One address, to which the way in is sent. */
export function InviteByMail({ onInvite, onDone }: InviteByMailProps): ReactNode {
  const { t } = useTranslation('devices');
  return (
    <EmailForm
      isOwn={false}
      submitLabel={t('send')}
      onSubmit={async (claim) => {
        const hasMail = await onInvite(claim);
        toast(t(hasMail === false ? 'inviteKept' : 'inviteSent', { address: claim.address.trim() }), {
          kind: 'success',
        });
        onDone?.();
      }}
    />
  );
}
