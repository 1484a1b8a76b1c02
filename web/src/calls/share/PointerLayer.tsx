import { MousePointer2 } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { systemClock } from '../../platform/clock.ts';
import { classes } from '../../ui/classes.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useCalls } from '../useCalls.ts';
import styles from './PointerLayer.module.css';
import { createSeenPointers } from './pointers.ts';
import type { Point } from './zoom.ts';

interface PointerLayerProps {
  /** Whose screen it is. */
  readonly participant: Participant;
  readonly mine: Point | null;
}

/** Who points where on a screen; as large as its picture, whatever that is. */
export function PointerLayer({ participant, mine }: PointerLayerProps): ReactNode {
  const { t } = useTranslation('screens');
  const { own } = useCalls();
  const { identity, share } = participant;
  const takesPointers = share?.takesPointers === true;
  const seen = useMemo(() => createSeenPointers(systemClock), []);
  const pointers = useStore(seen.store);
  useEffect(
    () =>
      own.onTold(({ identity: from, message }) => {
        if (message.kind === 'pointer' && message.screenOf === identity) seen.take(from, message.at);
      }),
    [own, seen, identity],
  );
  useEffect(() => seen.clear, [seen]);
  const nameOf = (one: string): string =>
    own.store.getState().active?.people.find((person) => person.identity === one)?.name ?? '';
  return (
    <>
      {[...pointers].map(
        ([from, at]) => (takesPointers || from === identity) && <Pointer key={from} at={at} name={nameOf(from)} />,
      )}
      {mine && <Pointer at={mine} name={t('you')} isMine />}
    </>
  );
}

function Pointer({ at, name, isMine = false }: { at: Point; name: string; isMine?: boolean }): ReactNode {
  return (
    <span
      className={classes(styles['pointer'], isMine && styles['mine'])}
      style={{ left: `${at.x * 100}%`, top: `${at.y * 100}%` }}
      data-testid="pointer"
    >
      <MousePointer2 aria-hidden="true" />
      <bdi className={styles['name']}>{name}</bdi>
    </span>
  );
}
