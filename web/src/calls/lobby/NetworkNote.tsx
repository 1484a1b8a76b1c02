import { Signal, TriangleAlert, WifiOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../ui/classes.ts';
import { useCalls } from '../useCalls.ts';
import styles from './NetworkNote.module.css';
import { measureNetwork } from './network.probe.ts';
import { type Verdict, verdictOf } from './network.verdict.ts';

/** What joining needs is loaded first. */
const BEGIN_AFTER_MS = 800;

const ICONS: Readonly<Record<Verdict['kind'], ReactNode>> = {
  good: <Signal />,
  detour: <Signal />,
  mayStutter: <TriangleAlert />,
  closed: <WifiOff />,
  blocked: <WifiOff />,
  silent: <WifiOff />,
};

/** Whether a call will go well from here, and what that was judged by. */
export function NetworkNote(): ReactNode {
  const { t } = useTranslation('lobby');
  const verdict = useVerdict();
  return (
    <output className={classes(styles['note'], verdict !== null && styles[verdict.kind])}>
      {verdict ? ICONS[verdict.kind] : <Signal />}
      <span>
        {t(verdict ? `network-${verdict.kind}` : 'networkMeasuring')}
        {verdict && <Figures verdict={verdict} />}
      </span>
    </output>
  );
}

function Figures({ verdict }: { readonly verdict: Verdict }): ReactNode {
  const { t, i18n } = useTranslation('lobby');
  const { roundTripMs, kilobitsPerSecond } = verdict;
  if (roundTripMs === null) return null;
  const inUnit = (value: number, unit: string, digits: number): string =>
    new Intl.NumberFormat(i18n.language, { style: 'unit', unit, maximumSignificantDigits: digits }).format(value);
  const time = inUnit(Math.max(1, Math.round(roundTripMs)), 'millisecond', 3);
  const speed = kilobitsPerSecond === null ? null : inUnit(kilobitsPerSecond / 1_000, 'megabit-per-second', 2);
  return (
    <small className={styles['figures']}>
      {speed === null ? t('networkTime', { time }) : t('networkTimeAndSpeed', { time, speed })}
    </small>
  );
}

/** Null while it is measured. Whoever joins or leaves before ends the measurement. */
function useVerdict(): Verdict | null {
  const { call } = useCalls();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    const timer = setTimeout(() => {
      measureNetwork(call, ending.signal)
        .then((measured) => !ending.signal.aborted && setVerdict(verdictOf(measured)))
        .catch(() => {}); // Called off.
    }, BEGIN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [call]);
  return verdict;
}
