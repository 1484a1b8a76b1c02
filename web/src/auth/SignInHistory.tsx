import { type AccountChange, deviceRoutes, type SignIn } from '@dialog/shared/auth.devices';
import type { ProofChange, SessionEnd } from '@dialog/shared/auth.values';
import { KeyRound, Laptop, Smartphone } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { usePagedList } from '../platform/usePagedList.ts';
import { Badge } from '../ui/Badge.tsx';
import { ListEnd } from '../ui/ListEnd.tsx';
import { Section } from '../ui/Section.tsx';
import { dayAndTime } from './dayAndTime.ts';
import { METHOD_WORDS } from './DeviceRow.tsx';
import { isPhone, placeText } from './devicePlace.ts';
import { DevicesSkeleton } from './Devices.tsx';
import styles from './Devices.module.css';

const END_WORDS = {
  'signed-out': 'endSignedOut',
  elsewhere: 'endElsewhere',
  password: 'endPassword',
  expired: 'endExpired',
  'too-many': 'endTooMany',
} as const satisfies Record<SessionEnd, string>;

const CHANGE_WORDS = {
  'passkey-added': 'changePasskeyAdded',
  'passkey-removed': 'changePasskeyRemoved',
  'passkey-step-on': 'changePasskeyStepOn',
  'passkey-step-off': 'changePasskeyStepOff',
  'totp-on': 'changeTotpOn',
  'totp-off': 'changeTotpOff',
  'codes-made': 'changeCodesMade',
  'user-name-changed': 'changeUserName',
} as const satisfies Record<ProofChange, string>;

type Past = SignIn | AccountChange;

/** Ids stand in the order of time. */
const newestFirst = (one: Past, other: Past): number => (one.id < other.id ? 1 : -1);

/** When and where the account was signed in, how each time ended, and what changed of how one proves who one is. */
export function SignInHistory({ call }: { readonly call: Call }): ReactNode {
  const { t } = useTranslation('devices');
  const [keptDays, setKeptDays] = useState<number>();
  const list = usePagedList<Past>(async (last) => {
    const page = await call(deviceRoutes.listSignIns, { query: last ? { before: last.id } : {} });
    setKeptDays(page.keptDays);
    return { items: [...page.signIns, ...page.changes].toSorted(newestFirst), hasMore: page.hasMore };
  });
  const { items, load } = list;
  useEffect(() => void load(), [load]);
  return (
    <Section
      title={t('history')}
      {...(keptDays === undefined ? {} : { text: t('historyKept', { count: keptDays }) })}
      anchor="history"
    >
      {items === undefined && list.error === undefined && <DevicesSkeleton />}
      {items && (
        <ul className={styles['list']}>
          {items.map((past) =>
            'what' in past ? <ChangeRow key={past.id} change={past} /> : <PastRow key={past.id} signIn={past} />,
          )}
        </ul>
      )}
      <ListEnd list={list} />
    </Section>
  );
}

function ChangeRow({ change }: { readonly change: AccountChange }): ReactNode {
  const { t, i18n } = useTranslation('devices');
  const { device, what, at } = change;
  return (
    <li className={styles['row']}>
      <span className={styles['icon']} aria-hidden="true">
        <KeyRound />
      </span>
      <div className={styles['words']}>
        <p className={styles['device']}>{t(CHANGE_WORDS[what])}</p>
        <p className={styles['note']}>{[device || t('unknownDevice'), dayAndTime(at, i18n.language)].join(' · ')}</p>
        <p className={styles['note']}>{placeText(change, { language: i18n.language, here: t('here') })}</p>
      </div>
    </li>
  );
}

function PastRow({ signIn }: { readonly signIn: SignIn }): ReactNode {
  const { t, i18n } = useTranslation('devices');
  const when = (time: string): string => dayAndTime(time, i18n.language);
  const { end } = signIn;
  return (
    <li className={styles['row']}>
      <span className={styles['icon']} aria-hidden="true">
        {isPhone(signIn.device) ? <Smartphone /> : <Laptop />}
      </span>
      <div className={styles['words']}>
        <p className={styles['device']}>
          <bdi>{signIn.name ?? (signIn.device || t('unknownDevice'))}</bdi>
          {signIn.isThisOne && <Badge kind="success">{t('thisDevice')}</Badge>}
        </p>
        <p className={styles['note']}>
          {[
            t('signedInWhen', { when: when(signIn.signedInAt) }),
            t(METHOD_WORDS[signIn.method]),
            end ? t(END_WORDS[end.how], { when: when(end.at) }) : t('endNone'),
          ].join(' · ')}
        </p>
        <p className={styles['note']}>{placeText(signIn, { language: i18n.language, here: t('here') })}</p>
      </div>
    </li>
  );
}
