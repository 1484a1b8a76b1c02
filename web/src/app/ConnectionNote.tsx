import { WifiOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './ConnectionNote.module.css';
import { useSession } from './useSession.ts';

/** A short loss is nobody's concern: most are over before one could read the note. */
const SHOWN_AFTER_MS = 2_000;

/** Says that the connection is away, over what is on the screen and without moving it. */
export function ConnectionNote(): ReactNode {
  const { t } = useTranslation('app');
  const isShown = useLongLoss();
  const isOnline = useOnline();
  return (
    <output className={styles['place']}>
      {isShown && (
        <span className={styles['note']}>
          {isOnline ? <Spinner /> : <WifiOff aria-hidden="true" />}
          {t(isOnline ? 'reconnecting' : 'offline')}
        </span>
      )}
    </output>
  );
}

function useLongLoss(): boolean {
  const isUp = useStore(useSession().socket.status, ({ status }) => status === 'connected' || status === 'signed-out');
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (isUp) return undefined;
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isUp]);
  return isLong;
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const ending = new AbortController();
    const look = (): void => setOnline(navigator.onLine);
    addEventListener('online', look, { signal: ending.signal });
    addEventListener('offline', look, { signal: ending.signal });
    return () => ending.abort();
  }, []);
  return isOnline;
}
