import type { ChatId } from '@dialog/shared/contract/values';
import { Pause, PhoneOff, Video } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './CallBar.module.css';
import { MuteButton } from './stage/CallControls.tsx';
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
  const isLost = useActive(({ link }) => link === 'lost');
  const speaker = useActive(({ people }) => people.find((one) => one.isSpeaking && !one.isMe)?.name);
  return (
    <section className={styles['bar']} aria-label={t('stage', { name })} data-theme="dark">
      <button type="button" className={styles['show']} onClick={() => own.showStage(true)}>
        <Video aria-hidden="true" />
        <span className={styles['name']}>{name}</span>
        <output className={styles['note']}>{isLost ? t('reconnecting') : (speaker ?? '')}</output>
        <span className="visually-hidden">{t('showCall')}</span>
      </button>
      <MuteButton size="s" />
      <IconButton label={t('leave')} kind="danger" size="s" onClick={own.leave}>
        <PhoneOff />
      </IconButton>
    </section>
  );
}
