import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useActive } from '../useCalls.ts';
import styles from './RingStates.module.css';
import { RungPerson } from './RungPerson.tsx';
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
  const isOnly = asked.length === 1 && people.length === 1;
  return (
    <ul className={styles['list']} aria-label={t('asked')}>
      {asked.map((one) => (
        <RungPerson key={one.userId} userId={one.userId} asked={one} size={isOnly ? 56 : 32} />
      ))}
    </ul>
  );
}
