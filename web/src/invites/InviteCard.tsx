import { type Invite, invitePath } from '@dialog/shared/invites';
import { Copy, Link2Off, Mail, QrCode as QrSign } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bringDeviceWords } from '../auth/deviceWords.ts';
import { lazy } from '../platform/late.ts';
import { copyText } from '../ui/copyText.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import type { EmailClaim } from './invites.ts';
import styles from './InvitesDialog.module.css';

const QrCode = lazy(async () => ({ default: (await import('../ui/QrCode.tsx')).QrCode }));
const InviteByMail = lazy(async () => {
  const [{ InviteByMail: form }] = await Promise.all([import('../auth/InviteByMail.tsx'), bringDeviceWords()]);
  return { default: form };
});

interface InviteCardProps {
  readonly invite: Invite;
  readonly isShown: boolean;
  readonly onShow: () => void;
  readonly onMail: (claim: EmailClaim) => Promise<boolean | undefined>;
  readonly onRevoke: () => void;
}

/** One link, with what it allows. */
export function InviteCard({ invite, isShown, onShow, onMail, onRevoke }: InviteCardProps): ReactNode {
  const { t } = useTranslation('invites');
  const [isMailing, setMailing] = useState(false);
  const url = `${location.origin}${invitePath(invite.code)}`;
  const terms = useTerms(invite);
  return (
    <section className={styles['card']} aria-label={t('invite')}>
      <div className={styles['line']}>
        <input className={styles['url']} value={url} readOnly dir="ltr" aria-label={t('link')} />
        <IconButton size="s" label={t('copy')} onClick={() => copyText(url, t('copied'), t('copyFailed'))}>
          <Copy />
        </IconButton>
        <IconButton size="s" label={t('sendByMail')} onClick={() => setMailing(true)}>
          <Mail />
        </IconButton>
        <IconButton size="s" label={t('qr')} aria-pressed={isShown} onClick={onShow}>
          <QrSign />
        </IconButton>
        <IconButton size="s" label={t('revoke')} onClick={onRevoke}>
          <Link2Off />
        </IconButton>
      </div>
      <p className={styles['terms']}>{terms}</p>
      <Dialog isOpen={isMailing} onClose={() => setMailing(false)} title={t('sendByMail')} description={terms}>
        <Suspense>
          <InviteByMail onInvite={onMail} onDone={() => setMailing(false)} />
        </Suspense>
      </Dialog>
      {isShown && (
        <div className={styles['picture']}>
          <Suspense fallback={<div className={styles['qr']} />}>
            <QrCode text={url} label={t('qrOf')} />
          </Suspense>
        </div>
      )}
    </section>
  );
}

function useTerms({ usesMax, uses, expiresAt, needsApproval }: Invite): string {
  const { t, i18n } = useTranslation('invites');
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return [
    usesMax === null ? t('used', { count: uses }) : t('usedOf', { uses, max: usesMax }),
    expiresAt === null ? t('noEnd') : t('until', { date: format.format(new Date(expiresAt)) }),
    ...(needsApproval ? [t('approval')] : []),
  ].join(' · ');
}
