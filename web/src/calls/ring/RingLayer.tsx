import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { toast } from '../../ui/toast.ts';
import { useCalls, useOwnCall } from '../useCalls.ts';
import { DeclineWithWords } from './DeclineWithWords.tsx';
import { RingCard } from './RingCard.tsx';
import styles from './RingCard.module.css';
import type { Rings } from './rings.ts';
import { useRingback } from './useRingback.ts';
import { useRingKeys } from './useRingKeys.ts';
import { useRingTitle } from './useRingTitle.ts';
import { useRingtone } from './useRingtone.ts';

/** Over every page: who calls. */
export function RingLayer({ rings }: { readonly rings: Rings }): ReactNode {
  const incoming = useStore(rings.store, (state) => state.incoming);
  const written = useStore(rings.store, (state) => state.written);
  const isInCall = useOwnCall(({ active }) => active !== null);
  const [first] = incoming;
  useRingtone(incoming, isInCall);
  useRingback(rings);
  useRingTitle(first);
  useRingKeys(rings, first);
  useNote(rings);
  return (
    <>
      {first && (
        <div className={styles['layer']}>
          {incoming.map((ring) => (
            <RingCard key={ring.callId} ring={ring} rings={rings} />
          ))}
        </div>
      )}
      {written && <DeclineWithWords ring={written} rings={rings} onClose={() => rings.write(null)} />}
    </>
  );
}

function useNote(rings: Rings): void {
  const { t } = useTranslation('ring');
  const note = useStore(rings.store, (state) => state.note);
  const { own } = useCalls();
  useEffect(() => {
    if (!note) return;
    // Another tab of this browser may be the one that answered.
    if (own.store.getState().active?.callId !== note.callId) toast(t(note.what === 'over' ? 'wasOver' : 'elsewhere'));
    rings.dismissNote();
  }, [note, own, rings, t]);
}
