import { RING_MS } from '@dialog/shared/calls.ring.values';
import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { BellRing, PhoneCall, PhoneMissed, PhoneOff, UserRoundX } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { systemClock as clock } from '../../platform/clock.ts';
import { useAct } from '../../platform/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { PersonAvatar } from '../../users/PersonAvatar.tsx';
import line from '../CallLine.module.css';
import { useActive, useCalls } from '../useCalls.ts';
import type { Asked } from './rings.state.ts';
import { RINGS_WITHIN_MS } from './rings.store.ts';
import styles from './RingStates.module.css';

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

interface RungPersonProps {
  readonly userId: UserId;
  /** Undefined: my call has not asked them. */
  readonly asked: Asked | undefined;
  readonly size: number;
}

/** Somebody who is not in the call I am in: how their ring stands, and a button that rings them where nothing does. */
export function RungPerson({ userId, asked, size }: RungPersonProps): ReactNode {
  const { t } = useTranslation('ring');
  const user = useUser(userId);
  const name = user?.displayName ?? t('somebody');
  const { ring, isRung, isBusy, error } = useRing(userId);
  const shown = useShown(asked, isRung);
  const row = useRef<HTMLLIElement>(null);

  async function press(): Promise<void> {
    await ring();
    // The button goes away; whoever has gone elsewhere meanwhile stays there.
    if (row.current?.contains(document.activeElement)) row.current.focus();
  }

  return (
    <li ref={row} tabIndex={-1} className={styles['person']}>
      <PersonAvatar user={user ?? { id: userId, displayName: name }} size={size} />
      <output className={line['words']} data-state={shown}>
        <bdi className={line['name']}>{name}</bdi>
        {shown && <State shown={shown} devices={asked?.devices ?? 0} />}
        <Failure text={error} />
      </output>
      {isOpenTo(shown) && (
        <Button
          size="s"
          icon={<PhoneCall size={16} />}
          isBusy={isBusy}
          aria-label={shown === null ? t('ringName', { name }) : undefined}
          onClick={() => void press()}
        >
          {t(shown === null ? 'ring' : 'again')}
        </Button>
      )}
    </li>
  );
}

function State({ shown, devices }: { readonly shown: Shown; readonly devices: number }): ReactNode {
  const { t } = useTranslation('ring');
  return (
    <span className={line['under']}>
      <span aria-hidden="true">{SIGNS[shown]}</span>
      {t(`state_${shown}`, { count: devices })}
    </span>
  );
}

function useUser(userId: UserId): User | undefined {
  const { people } = useCalls().chats;
  useEffect(() => people.want(userId), [people, userId]);
  return useStore(people.store, (known) => known.get(userId));
}

/** Whether ringing them, once more or for the first time, would begin anything. */
function isOpenTo(shown: Shown | null): boolean {
  return shown === null || shown === 'declined' || shown === 'missed';
}

function useRing(userId: UserId) {
  const { rings } = useCalls();
  const callId = useActive((call) => call.callId);
  const { act, isBusy, error } = useAct();
  /** Whom somebody else rings already, the server says nothing of. */
  const [isRung, setRung] = useState(false);
  useEffect(() => (isRung ? clock.after(RING_MS, () => setRung(false)) : undefined), [isRung]);

  const ring = (): Promise<void> =>
    act(async () => {
      await (await rings.load()).callAgain(callId, userId);
      setRung(true);
    });

  return { ring, isRung, isBusy, error };
}

/** In the first moments nobody knows yet whether a device is there. */
function useShown(asked: Asked | undefined, isRung: boolean): Shown | null {
  const [, look] = useState(0);
  const isOpen = asked?.state === 'notified' || asked?.state === 'unreachable';
  const left = isOpen ? asked.since + RINGS_WITHIN_MS - clock.now() : 0;
  useEffect(() => (left > 0 ? clock.after(left, () => look((nth) => nth + 1)) : undefined), [left]);
  if (!asked) return isRung ? 'calling' : null;
  if (left > 0) return 'calling';
  return asked.state === 'answered' ? 'ringing' : asked.state;
}
