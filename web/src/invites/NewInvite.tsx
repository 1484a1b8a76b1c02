import { INVITE_EXPIRIES, INVITE_USES } from '@dialog/shared/invites';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSpan } from '../chats/useSpan.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import type { Wish } from './invites.ts';
import styles from './InvitesDialog.module.css';

interface NewInviteProps {
  readonly isFirst: boolean;
  readonly isBusy: boolean;
  readonly error: string | undefined;
  readonly onCancel: () => void;
  readonly onCreate: (wish: Wish) => Promise<void>;
}

/** For how long, how often, and whether somebody looks at who comes. */
export function NewInvite({ isFirst, isBusy, error, onCancel, onCreate }: NewInviteProps): ReactNode {
  const { t, i18n } = useTranslation('invites');
  const span = useSpan();
  const [expiry, setExpiry] = useState('604800');
  const [uses, setUses] = useState('');
  const [needsApproval, setNeedsApproval] = useState(false);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <form
      className={styles['list']}
      onSubmit={(event) => {
        event.preventDefault();
        const expiresInSeconds = INVITE_EXPIRIES.find((seconds) => `${seconds}` === expiry);
        const usesMax = INVITE_USES.find((max) => `${max}` === uses);
        void onCreate({
          ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }),
          ...(usesMax === undefined ? {} : { usesMax }),
          needsApproval,
        });
      }}
    >
      <p className={styles['terms']}>{t('newInviteText')}</p>
      <Select
        label={t('expiry')}
        value={expiry}
        options={[
          ...INVITE_EXPIRIES.map((seconds) => ({ value: `${seconds}`, label: span(seconds) })),
          { value: '', label: t('never') },
        ]}
        onChange={setExpiry}
      />
      <Select
        label={t('usesMax')}
        value={uses}
        options={[
          { value: '', label: t('unlimited') },
          ...INVITE_USES.map((max) => ({ value: `${max}`, label: number.format(max) })),
        ]}
        onChange={setUses}
      />
      <Switch
        label={t('needsApproval')}
        hint={t('needsApprovalHint')}
        isOn={needsApproval}
        onChange={setNeedsApproval}
      />
      <Failure text={error} />
      <div className={styles['footer']}>
        {!isFirst && <Button onClick={onCancel}>{t('cancel')}</Button>}
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {t('create')}
        </Button>
      </div>
    </form>
  );
}
