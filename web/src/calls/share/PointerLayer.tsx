import { MousePointer2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { classes } from '../../ui/classes.ts';
import { useCalls } from '../useCalls.ts';
import styles from './PointerLayer.module.css';
import type { SeenPointers } from './pointers.ts';
import type { Point } from './zoom.ts';

interface PointerLayerProps {
  readonly seen: SeenPointers;
  readonly mine: Point | null;
}

/** Who points where on a screen; as large as its picture, whatever that is. */
export function PointerLayer({ seen, mine }: PointerLayerProps): ReactNode {
  const { t } = useTranslation('screens');
  const { own } = useCalls();
  const pointers = useStore(seen.store);
  const nameOf = (one: string): string =>
    own.store.getState().active?.people.find((person) => person.identity === one)?.name ?? '';
  return (
    <>
      {[...pointers].map(([from, at]) => (
        <Pointer key={from} at={at} name={nameOf(from)} />
      ))}
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
