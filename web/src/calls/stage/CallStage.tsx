import type { ChatId } from '@dialog/shared/contract/values';
import { EVERYONE_MEMBERS_MAX } from '@dialog/shared/mentions';
import { type ReactNode, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { PopupHomeContext } from '../../ui/popupHome.ts';
import { WhenOpened } from '../../ui/WhenOpened.tsx';
import { useActive, useCalls, useChatName } from '../useCalls.ts';
import { CallControls } from './CallControls.tsx';
import { useCallKeys } from './callKeys.ts';
import styles from './CallStage.module.css';
import { CallKeysHelp, PeoplePanel, RingStates } from './late.ts';
import { StageHead } from './StageHead.tsx';
import { StageNotes } from './StageNotes.tsx';
import { Tiles } from './Tiles.tsx';
import { useCallActs } from './useCallActs.ts';
import { useFullScreenEnd } from './useFullScreen.ts';
import { useReturnedFocus } from './useReturnedFocus.ts';
import { useStageState } from './useStage.ts';

interface CallStageProps {
  /** Shows the call's chat; beside the stage, or in its place where there is no room for both. */
  readonly onOpenChat: (chatId: ChatId) => void;
}

/** The call itself, over everything else. Dark in both themes, so that pictures are what is bright. */
export function CallStage({ onOpenChat }: CallStageProps): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const name = useChatName(useActive(({ chatId }) => chatId));
  const isBesideChat = useActive(({ isChatOpen }) => isChatOpen);
  const isPeopleOpen = useStageState((state) => state.isPeopleOpen);
  const root = useRef<HTMLElement>(null);
  const [popups, setPopups] = useState<HTMLElement | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const acts = useCallActs({
    onOpenChat,
    openHelp: () => setHelpOpen(true),
    minimize: () => own.showStage(false),
  });
  useCallKeys(acts);
  useReturnedFocus(root);
  useFullScreenEnd();
  return (
    <section
      ref={root}
      className={styles['stage']}
      data-theme="dark"
      data-call-stage=""
      data-beside={isBesideChat}
      aria-label={t('stage', { name })}
      tabIndex={-1}
    >
      <PopupHomeContext value={popups}>
        <StageHead name={name} acts={acts} />
        <StageNotes />
        <div className={styles['middle']}>
          <Tiles />
          <Alone />
          <Suspense>{isPeopleOpen && <PeoplePanel />}</Suspense>
        </div>
        <div className={styles['foot']}>
          <CallControls acts={acts} />
        </div>
        <WhenOpened isOpen={isHelpOpen}>
          <CallKeysHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
        </WhenOpened>
      </PopupHomeContext>
      <div ref={setPopups} className={styles['popups']} />
    </section>
  );
}

/** What is known while nobody else is here. */
function Alone(): ReactNode {
  const { t } = useTranslation(['calls', 'stage']);
  const isAlone = useActive(({ people, link }) => people.length === 1 && link === 'up');
  const isLeft = useActive((call) => call.isLeft);
  const name = useChatName(useActive((call) => call.chatId));
  const isCrowd = useIsCrowd();
  if (!isAlone) return null;
  if (isLeft)
    return (
      <div className={styles['alone']}>
        <output>
          <strong>{t('stage:aloneLeft', { name })}</strong>
          {t('stage:aloneLeftText')}
        </output>
      </div>
    );
  return (
    <div className={styles['alone']}>
      <Suspense>
        <RingStates
          otherwise={
            <output>
              <strong>{t('aloneTitle')}</strong>
              {isCrowd
                ? t('stage:aloneInCrowd', { max: EVERYONE_MEMBERS_MAX, people: t('stage:people') })
                : t('aloneText')}
            </output>
          }
        />
      </Suspense>
    </div>
  );
}

/** Whether so many are in the group that the server rings none of them. */
function useIsCrowd(): boolean {
  const chatId = useActive((call) => call.chatId);
  const { store } = useCalls().chats;
  return useStore(store, ({ list }) => (list.chats.get(chatId)?.summary.chat.memberCount ?? 0) > EVERYONE_MEMBERS_MAX);
}
