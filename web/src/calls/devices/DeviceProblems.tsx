import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';

const KINDS = ['microphone', 'camera'] as const;

/** Each device that does not work, why, and the way out. Goes by itself when the cause does. */
export function DeviceProblems(): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const state = useLocalMedia((local) => local);
  return KINDS.map((kind) => {
    const { problem, isWanted } = state[kind];
    if (!problem || !isWanted) return null;
    const retry = (
      <Button size="s" onClick={media.retry}>
        {t('tryAgain')}
      </Button>
    );
    return (
      <Banner
        key={kind}
        kind="warning"
        isRounded
        icon={<TriangleAlert />}
        action={problem === 'insecure' ? undefined : retry}
      >
        {t(`${kind}-${problem}`)}
      </Banner>
    );
  });
}
