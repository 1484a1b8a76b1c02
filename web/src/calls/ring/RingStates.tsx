import { BellRing, PhoneCall, PhoneMissed, PhoneOff, UserRoundX } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { systemClock as clock } from '../../platform/clock.ts';
import { useAct } from '../../platform/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { PersonAvatar } from '../../users/PersonAvatar.tsx';
import { useActive, useCalls } from '../useCalls.ts';
import type { Asked } from './rings.state.ts';
import { RINGS_WITHIN_MS } from './rings.store.ts';
import line from '../CallLine.module.css';
import styles from './RingStates.module.css';
import { useRings } from './useRings.ts';

/** Whom the call I am in asks, alone or with others, as long as they are not in it: where it rings, and why nobody comes. */
export function RingStates({ otherwise }: { /** Where nobody was asked. */ readonly otherwise: ReactNode }): ReactNode {
  const { t } = useTranslation('ring');
  const callId = useActive((call) => call.callId);
  const people = useActive((call) => call.people);
  const outgoing = useRings((state) => state.outgoing.get(callId));
  if (outgoing?.isPossible === false) return <p className={styles['note']}>{t('impossible')}</p>;
  const inside = new Set(people.map(({ userId }) => userId));
  const asked = outgoing?.asked.filter(({ userId, state }) => !inside.has(userId) && state !== 'answered') ?? [];
  if (asked.length === 0) return people.length > 1 ? null : otherwise;
  return (
    <ul className={styles['list']} aria-label={t('asked')}>
      {asked.map((one) => (
        <AskedPerson key={one.userId} asked={one} isOnly={asked.length === 1 && people.length === 1} />
      ))}
    </ul>
  );
}

const SIGNS = {
  calling: <PhoneCall />,
  ringing: <BellRing />,
  notified: <BellRing />,
  busy: <PhoneOff />,
  unreachable: <UserRoundX />,
  declined: <PhoneOff />,
  missed: <PhoneMissed />,
} as const;
type Shown = keyof typeof SIGNS;

function AskedPerson({ asked, isOnly }: { readonly asked: Asked; readonly isOnly: boolean }): ReactNode {
  const { t } = useTranslation('ring');
  const { rings, chats } = useCalls();
  const callId = useActive((call) => call.callId);
  const user = useStore(chats.people.store, (known) => known.get(asked.userId));
  const name = user?.displayName ?? t('somebody');
  const shown = useShown(asked);
  const { act, isBusy, error } = useAct();
  const isAgain = shown === 'declined' || shown === 'missed';
  useEffect(() => chats.people.want(asked.userId), [chats, asked.userId]);
  return (
    <li className={styles['person']}>
      <PersonAvatar user={user ?? { id: asked.userId, displayName: name }} size={isOnly ? 56 : 32} />
      <output className={line['words']} data-state={shown}>
        <bdi className={line['name']}>{name}</bdi>
        <span className={line['under']}>
          <span aria-hidden="true">{SIGNS[shown]}</span>
          {t(`state_${shown}`, { count: asked.devices })}
        </span>
        <Failure text={error} />
      </output>
      {isAgain && (
        <Button
          size="s"
          icon={<PhoneCall size={16} />}
          isBusy={isBusy}
          onClick={() => void act(async () => (await rings.load()).callAgain(callId, asked.userId))}
        >
          {t('again')}
        </Button>
      )}
    </li>
  );
}

/** In the first moments nobody knows yet whether a device is there. */
function useShown({ state, since }: Asked): Shown {
  const [, look] = useState(0);
  const isOpen = state === 'notified' || state === 'unreachable';
  const left = isOpen ? since + RINGS_WITHIN_MS - clock.now() : 0;
  useEffect(() => (left > 0 ? clock.after(left, () => look((nth) => nth + 1)) : undefined), [left]);
  if (left > 0) return 'calling';
  return state === 'answered' ? 'ringing' : state;
}
