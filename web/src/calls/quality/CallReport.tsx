import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeOfDay } from '../../chats/times.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { toast } from '../../ui/toast.ts';
import { type Spell, weightOf } from './spells.ts';
import styles from './CallReport.module.css';
import { useQuality, useQualityState } from './useQuality.ts';

/** After a call, once: how my connection was in it. */
export function CallReport(): ReactNode {
  const { t } = useTranslation('quality');
  const quality = useQuality();
  const report = useQualityState((state) => state.report);
  const [shown, setShown] = useState<readonly Spell[] | null>(null);
  const spellText = useSpellText();
  useEffect(() => {
    if (!report) return;
    quality.dismissReport();
    const { spells } = report;
    const worst = spells.toSorted((a, b) => weightOf(b) - weightOf(a))[0];
    if (worst) toast(spellText(worst), { action: { label: t('details'), run: () => setShown(spells) } });
    else toast(t('report-good'));
  }, [report, quality, spellText, t]);
  return (
    <Dialog
      isOpen={shown !== null}
      onClose={() => setShown(null)}
      title={t('report-title')}
      description={t('report-help')}
    >
      <ul className={styles['spells']}>
        {shown?.map((spell) => (
          <li key={`${spell.kind} ${spell.startedAt}`}>{spellText(spell)}</li>
        ))}
      </ul>
    </Dialog>
  );
}

function useSpellText(): (spell: Spell) => string {
  const { t, i18n } = useTranslation('quality');
  return ({ kind, startedAt, endedAt, loss }) =>
    t(`report-${kind}`, {
      percent: Math.round(loss * 100),
      duration: durationOf(endedAt - startedAt, i18n.language),
      time: timeOfDay(new Date(startedAt).toISOString(), i18n.language),
    });
}

/** `40 s`, `3 min`. */
function durationOf(ms: number, language: string): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const [value, unit] = seconds < 100 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
