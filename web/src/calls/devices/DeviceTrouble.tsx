import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { browserOf, type DeviceProblem, wayOutOf } from './devices.problems.ts';
import type { SourceKind } from './local.media.ts';

/** What asking again cannot change. */
const FINAL: ReadonlySet<DeviceProblem> = new Set(['insecure', 'blocked-by-site']);

/** Why a device does not work, and the way out. */
export function DeviceTrouble({ kind }: { readonly kind: SourceKind }): ReactNode {
  const { t } = useTranslation('lobby');
  const { problem } = useLocalMedia((state) => state[kind]);
  if (!problem) return <EffectTrouble kind={kind} />;
  const wayOut = wayOutOf(problem, browserOf(navigator.userAgent, navigator.maxTouchPoints));
  return (
    <Trouble isFinal={FINAL.has(problem)}>
      {t(`${kind}-${problem}`)} {wayOut && t(wayOut)}
    </Trouble>
  );
}

/** A voice goes out as it is; a picture does not, since the room in it was to be hidden. */
function EffectTrouble({ kind }: { readonly kind: SourceKind }): ReactNode {
  const { t } = useTranslation('lobby');
  const { media } = useCalls().own;
  if (kind === 'microphone') return <Trouble>{t('noiseFailed')}</Trouble>;
  return (
    <Trouble
      instead={
        <Button size="s" kind="quiet" onClick={() => media.setHabits({ background: 'none' })}>
          {t('showRoom')}
        </Button>
      }
    >
      {t('backgroundFailed')}
    </Trouble>
  );
}

function Trouble({
  children,
  instead,
  isFinal = false,
}: {
  readonly children: ReactNode;
  readonly instead?: ReactNode;
  readonly isFinal?: boolean;
}): ReactNode {
  const { t } = useTranslation('lobby');
  const { media } = useCalls().own;
  const retry = (
    <>
      {instead}
      <Button size="s" onClick={media.retry}>
        {t('tryAgain')}
      </Button>
    </>
  );
  return (
    <Banner kind="warning" isRounded icon={<TriangleAlert />} action={isFinal ? undefined : retry}>
      {children}
    </Banner>
  );
}
