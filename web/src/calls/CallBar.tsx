import type { ChatId } from '@dialog/shared/contract/values';
import { Pause, PhoneOff, Video } from 'lucide-react';
import { type ReactNode, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './CallBar.module.css';
import { CameraButton, MuteButton } from './stage/MediaButtons.tsx';
import { Duration } from './stage/Duration.tsx';
import { useFocusLeft } from './stage/useReturnedFocus.ts';
import { useStageState } from './stage/useStage.ts';
import { MovedNotice } from './sealing/MovedNotice.tsx';
import { ShareInBar } from './share/late.ts';
import { ShareNotice } from './share/ShareNotice.tsx';
import { useHasShare } from './share/useHasShare.ts';
import { useActive, useCalls, useChatName, useOwnCall } from './useCalls.ts';

/** While one reads on: the call goes on, is in sight, and one press away. */
export function CallBar(): ReactNode {
  const isShown = useOwnCall(({ active }) => active !== null && !active.isStageOpen);
  const isStageOpen = useOwnCall(({ active }) => active?.isStageOpen === true);
  const held = useOwnCall((state) => state.held);
  return (
    <>
      {isShown && <Bar />}
      {held && !isStageOpen && <HeldBar chatId={held.chatId} isLost={held.link === 'lost'} />}
    </>
  );
}

/** A call that waits, silent, until it is taken up again. */
function HeldBar({ chatId, isLost }: { readonly chatId: ChatId; readonly isLost: boolean }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const name = useChatName(chatId);
  return (
    <section className={styles['bar']} aria-label={t('onHold', { name })} data-theme="dark">
      <Pause className={styles['held']} aria-hidden="true" />
      <span className={styles['name']}>{t('onHold', { name })}</span>
      <output className={styles['note']}>{isLost ? t('reconnecting') : ''}</output>
      <Button size="s" kind="primary" onClick={own.resume}>
        {t('resume')}
      </Button>
      <IconButton label={t('leaveHeld')} kind="danger" size="s" onClick={own.leaveHeld}>
        <PhoneOff />
      </IconButton>
    </section>
  );
}

function Bar(): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const name = useChatName(useActive(({ chatId }) => chatId));
  const hasShare = useHasShare();
  const bar = useRef<HTMLElement>(null);
  useFocusLeft(bar);
  return (
    <section ref={bar} className={styles['bar']} aria-label={t('stage', { name })} data-theme="dark">
      <button type="button" className={styles['show']} data-show-call="" onClick={() => own.showStage(true)}>
        <Video aria-hidden="true" />
        <span className={styles['name']}>
          <bdi>{name}</bdi>
        </span>
        <Duration />
        <Note chatName={name} />
        <span className="visually-hidden">{t('showCall')}</span>
      </button>
      <Suspense>{hasShare && <ShareInBar />}</Suspense>
      <ShareNotice />
      <MovedNotice />
      <MuteButton size="s" />
      <CameraButton size="s" />
      <IconButton label={t('leave')} kind="danger" size="s" onClick={own.leave}>
        <PhoneOff />
      </IconButton>
    </section>
  );
}

/** Who is to be heard, where it is not said already; before all else, that nobody is. */
function Note({ chatName }: { readonly chatName: string }): ReactNode {
  const { t } = useTranslation('calls');
  const isLost = useActive(({ link }) => link === 'lost');
  const speaker = useStageState((state) => state.speaker);
  const name = useActive(({ people }) => people.find((one) => one.identity === speaker && one.isSpeaking)?.name);
  return (
    <>
      <output className={styles['note']}>{isLost && t('reconnecting')}</output>
      {/* Who speaks changes all the time: nobody wants that read out. */}
      {!isLost && name !== chatName && (
        <span className={styles['note']} aria-hidden="true">
          {name}
        </span>
      )}
    </>
  );
}
