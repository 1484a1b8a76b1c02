import { Activity } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { WhenOpened } from '../../ui/WhenOpened.tsx';
import { useActive, useLocalMedia } from '../useCalls.ts';
import { StatisticsDialog } from './late.ts';
import styles from './QualityNote.module.css';
import { useQuality, useQualityState } from './useQuality.ts';
import type { Verdict } from './verdict.ts';

/** Whose connection is poor, what helps, and what the call itself does about it. */
export function QualityNote(): ReactNode {
  const { t } = useTranslation('calls');
  const quality = useQuality();
  const verdict = useQualityState((state) => state.verdict);
  const limits = useQualityState((state) => state.limits);
  const isUp = useActive(({ link }) => link === 'up');
  const verdictText = useVerdictText();
  const hasCamera = useLocalMedia(({ camera }) => camera.isWanted && camera.track !== null);
  const [isOpen, setOpen] = useState(false);
  const isCameraLimited = hasCamera && limits.sent !== 'full';
  const sentences = [
    verdictText(verdict),
    isCameraLimited && t(limits.sent === 'none' ? 'quality-cameraPaused' : 'quality-cameraSmall'),
    limits.received !== 'full' && t(limits.received === 'none' ? 'quality-othersPaused' : 'quality-othersSmall'),
  ].filter((one) => typeof one === 'string');
  return (
    <>
      {isUp && sentences.length > 0 && (
        <Banner
          isRounded
          kind="warning"
          icon={<Activity aria-hidden="true" />}
          action={
            <span className={styles['actions']}>
              {(isCameraLimited || limits.received !== 'full') && (
                <Button size="s" onClick={quality.insist}>
                  {t('quality-insist')}
                </Button>
              )}
              <Button size="s" onClick={() => setOpen(true)}>
                {t('quality-details')}
              </Button>
            </span>
          }
        >
          {sentences.join(' ')}
        </Banner>
      )}
      <WhenOpened isOpen={isOpen}>
        <StatisticsDialog isOpen={isOpen} onClose={() => setOpen(false)} />
      </WhenOpened>
    </>
  );
}

/** Null: there is nothing to say. */
function useVerdictText(): (verdict: Verdict) => string | null {
  const { t } = useTranslation('calls');
  const people = useActive((call) => call.people);
  const isSending = useLocalMedia(({ camera }) => camera.isWanted);
  return (verdict) => {
    if (verdict.kind === 'good') return null;
    if (verdict.kind === 'person') {
      const name = people.find(({ identity }) => identity === verdict.identity)?.name;
      return name === undefined ? null : t('quality-person', { name });
    }
    if (verdict.kind === 'slow') return t('quality-slow', { ms: Math.round(verdict.roundTripMs) });
    if (verdict.kind === 'narrow' || verdict.kind === 'busy') return t(`quality-${verdict.kind}`);
    const { kind, percent } = verdict;
    return t(kind === 'sent' && !isSending ? 'quality-sentWithoutCamera' : `quality-${kind}`, { percent });
  };
}
