import type { ChatId } from '@dialog/shared/contract/values';
import { Pause } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { OrderNotes } from '../order/late.ts';
import { DeviceProblems } from '../devices/DeviceProblems.tsx';
import { useActive, useCalls, useChatName, useOwnCall } from '../useCalls.ts';
import { useIsMoved } from '../sealing/useIsOpenToServer.ts';
import { ShareBar } from '../share/late.ts';
import { useHasShare } from '../share/useHasShare.ts';
import { LeftShareNote, MovedNote, QualityNote } from './late.ts';
import styles from './CallStage.module.css';
import { LinkNote } from './LinkNote.tsx';

/** What everyone in the call should know, each with its way out. */
export function StageNotes(): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const hasShare = useHasShare();
  const isSoundBlocked = useActive((call) => call.isSoundBlocked);
  const isMoved = useIsMoved();
  const hasLeftShare = useActive((call) => call.hasLeftShare);
  return (
    <div className={styles['notes']}>
      <LinkNote />
      {isSoundBlocked && (
        <Banner
          isRounded
          kind="warning"
          action={
            <Button size="s" onClick={own.playSound}>
              {t('playSound')}
            </Button>
          }
        >
          {t('soundBlocked')}
        </Banner>
      )}
      <Suspense>{isMoved && <MovedNote />}</Suspense>
      <Suspense>{hasLeftShare && <LeftShareNote />}</Suspense>
      <Suspense>
        <OrderNotes />
      </Suspense>
      <Suspense>{hasShare && <ShareBar />}</Suspense>
      <Suspense>
        <QualityNote />
      </Suspense>
      <HeldNote />
      <DeviceProblems />
    </div>
  );
}

/** Beside the call that goes on, one that waits. */
function HeldNote(): ReactNode {
  const held = useOwnCall((state) => state.held?.chatId ?? null);
  return held && <Held chatId={held} />;
}

function Held({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const name = useChatName(chatId);
  return (
    <Banner
      isRounded
      icon={<Pause />}
      action={
        <Button size="s" onClick={own.resume}>
          {t('resume')}
        </Button>
      }
    >
      {t('onHold', { name })}
    </Banner>
  );
}
