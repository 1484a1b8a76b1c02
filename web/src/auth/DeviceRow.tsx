import { authRoutes, type Session } from '@dialog/shared/auth';
import { DEVICE_NAME_MAX, deviceRoutes } from '@dialog/shared/auth.devices';
import type { SignInMethod } from '@dialog/shared/auth.values';
import { EllipsisVertical, Laptop, LogOut, Pencil, Smartphone } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { useAct } from '../platform/useAct.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import { TextField } from '../ui/TextField.tsx';
import { toast } from '../ui/toast.ts';
import { dayAndTime } from './dayAndTime.ts';
import { isPhone, placeText } from './devicePlace.ts';
import styles from './Devices.module.css';

interface DeviceRowProps {
  readonly call: Call;
  readonly session: Session;
  readonly onChanged: () => void;
}

export const METHOD_WORDS = {
  'sign-up': 'methodSignUp',
  password: 'methodPassword',
  passkey: 'methodPasskey',
  device: 'methodDevice',
} as const satisfies Record<SignInMethod, string>;

/** One device that is signed in. */
export function DeviceRow({ call, session, onChanged }: DeviceRowProps): ReactNode {
  const { t, i18n } = useTranslation('devices');
  const [asked, setAsked] = useState<'rename' | 'end'>();
  const errorText = useErrorText();
  const close = (): void => setAsked(undefined);
  const title = session.name ?? (session.device || t('unknownDevice'));
  const when = (time: string): string => dayAndTime(time, i18n.language);
  const isHere = session.isThisOne || session.isConnected;

  async function end(): Promise<void> {
    await call(authRoutes.signOutSession, { params: { sessionId: session.id } });
    toast(t('signedOutDevice'), { kind: 'success' });
    onChanged();
  }

  return (
    <li className={styles['row']}>
      <span className={styles['icon']} aria-hidden="true">
        {isPhone(session.device) ? <Smartphone /> : <Laptop />}
      </span>
      <div className={styles['words']}>
        <p className={styles['device']}>
          <bdi>{title}</bdi>
          {session.isThisOne && <Badge kind="success">{t('thisDevice')}</Badge>}
        </p>
        <p className={styles['note']}>
          {[
            ...(session.name === undefined || session.device === '' ? [] : [session.device]),
            placeText(session, { language: i18n.language, here: t('here') }),
            isHere ? t('activeNow') : t('lastSeenAt', { when: when(session.lastSeenAt) }),
          ].join(' · ')}
        </p>
        <p className={styles['note']}>
          {[t('signedInWhen', { when: when(session.createdAt) }), t(METHOD_WORDS[session.method])].join(' · ')}
        </p>
      </div>
      <Menu
        trigger={
          <IconButton label={t('moreOf', { device: title })} hasTooltip={false}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => setAsked('rename')}>
          {t('rename')}
        </MenuItem>
        {!session.isThisOne && (
          <MenuItem icon={<LogOut />} isDanger onSelect={() => setAsked('end')}>
            {t('signOutShort')}
          </MenuItem>
        )}
      </Menu>
      <Dialog isOpen={asked === 'rename'} onClose={close} title={t('renameTitle')}>
        <Rename
          call={call}
          session={session}
          onDone={() => {
            close();
            onChanged();
          }}
        />
      </Dialog>
      <ConfirmDialog
        isOpen={asked === 'end'}
        onClose={close}
        title={t('signOutDeviceTitle', { device: title })}
        text={t('signOutDeviceText')}
        confirmLabel={t('signOutShort')}
        isDanger
        onConfirm={end}
        errorText={errorText}
      />
    </li>
  );
}

interface RenameProps {
  readonly call: Call;
  readonly session: Session;
  readonly onDone: () => void;
}

function Rename({ call, session, onDone }: RenameProps): ReactNode {
  const { t } = useTranslation('devices');
  const { act, isBusy, error } = useAct();
  const [name, setName] = useState(session.name ?? '');

  async function save(): Promise<void> {
    await act(async () => {
      const wanted = name.trim();
      const params = { sessionId: session.id };
      await call(deviceRoutes.renameSession, { params, body: { name: wanted === '' ? null : wanted } });
      onDone();
    });
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={t('deviceName')}
        hint={t('deviceNameHint')}
        placeholder={session.device}
        value={name}
        onChange={setName}
        maxLength={DEVICE_NAME_MAX}
        dir="auto"
        autoComplete="off"
      />
      <Failure text={error} />
      <div className={styles['end']}>
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
