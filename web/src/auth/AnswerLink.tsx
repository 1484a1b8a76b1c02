import { linkingRoutes } from '@dialog/shared/auth.linking';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { CircleAlert, Laptop, Smartphone, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { useAct } from '../platform/useAct.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { toast } from '../ui/toast.ts';
import styles from './AnswerLink.module.css';
import { isPhone, placeText } from './devicePlace.ts';

type Look = RouteReply<typeof linkingRoutes.lookAtLink>;

interface AnswerLinkProps {
  readonly call: Call;
  /** As scanned or typed. */
  readonly code: string;
  /** Answered, or left. */
  readonly onDone: () => void;
}

/** What asks to be signed in, and the person's word on it. */
export function AnswerLink({ call, code, onDone }: AnswerLinkProps): ReactNode {
  const { t } = useTranslation('devices');
  const { act, isBusy, error } = useAct();
  const [look, setLook] = useState<Look>();
  useEffect(() => {
    void act(async () => setLook(await call(linkingRoutes.lookAtLink, { body: { code } })));
    // oxlint-disable-next-line react/exhaustive-deps -- once for each code
  }, [call, code]);

  async function answer(isLetIn: boolean): Promise<void> {
    await act(async () => {
      await call(linkingRoutes.answerLink, { body: { code, isLetIn } });
      toast(t(isLetIn ? 'answered' : 'nobodyIn'), { kind: isLetIn ? 'success' : 'plain' });
      onDone();
    });
  }

  if (!look) {
    if (error === undefined) return <Skeleton width="100%" height="76px" />;
    return (
      <Banner kind="danger" icon={<CircleAlert />} isRounded>
        {error}
      </Banner>
    );
  }
  return (
    <div className={styles['card']}>
      <Asking look={look} />
      <p>{t('letInText')}</p>
      <Banner kind="warning" icon={<TriangleAlert />} isRounded>
        {t('letInWarning')}
      </Banner>
      <Failure text={error} />
      <div className={styles['buttons']}>
        <Button isBusy={isBusy} onClick={() => void answer(false)}>
          {t('no')}
        </Button>
        <Button kind="primary" isBusy={isBusy} onClick={() => void answer(true)}>
          {t('letIn')}
        </Button>
      </div>
    </div>
  );
}

function Asking({ look }: { readonly look: Look }): ReactNode {
  const { t, i18n } = useTranslation('devices');
  return (
    <div className={styles['device']}>
      {isPhone(look.device) ? <Smartphone aria-hidden="true" /> : <Laptop aria-hidden="true" />}
      <div>
        <p className={styles['name']}>{look.device === '' ? t('unknownDevice') : look.device}</p>
        <p className={styles['place']}>{placeText(look, { language: i18n.language, here: t('here') })}</p>
      </div>
    </div>
  );
}
