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
  const { t } = useTranslation('quality');
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
    isCameraLimited && t(limits.sent === 'none' ? 'cameraPaused' : 'cameraSmall'),
    limits.received !== 'full' && t(limits.received === 'none' ? 'othersPaused' : 'othersSmall'),
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
                  {t('insist')}
                </Button>
              )}
              <Button size="s" onClick={() => setOpen(true)}>
                {t('details')}
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
  const { t } = useTranslation('quality');
  const people = useActive((call) => call.people);
  const isDirect = useActive(({ way }) => way === 'direct');
  const whose = isDirect ? 'Between' : '';
  const isSending = useLocalMedia(({ camera }) => camera.isWanted);
  return (verdict) => {
    if (verdict.kind === 'good') return null;
    if (verdict.kind === 'person') {
      const name = people.find(({ identity }) => identity === verdict.identity)?.name;
      return name === undefined ? null : t('person', { name });
    }
    if (verdict.kind === 'busy') return t('busy');
    if (verdict.kind === 'narrow') return t(`narrow${whose}`);
    if (verdict.kind === 'slow') return t(`slow${whose}`, { ms: Math.round(verdict.roundTripMs) });
    const { kind, percent } = verdict;
    return t(kind === 'received' || isSending ? kind : `${kind}WithoutCamera`, { percent });
  };
}
