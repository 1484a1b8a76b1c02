import { ChevronDown, LayoutGrid, MessageSquare, PanelRight, UserSquare2, UsersRound } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Badge } from '../../ui/Badge.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, MenuChoice } from '../../ui/Menu.tsx';
import { CompareHere } from '../comparing/CompareHere.tsx';
import { useIsOfTwoOpenToServer } from '../sealing/useIsOpenToServer.ts';
import { useActive, useCalls } from '../useCalls.ts';
import { KEYS } from './callKeys.ts';
import { Duration } from './Duration.tsx';
import { type View, VIEWS } from './layout.ts';
import { OpenMark, SealingMark } from './late.ts';
import styles from './StageHead.module.css';
import type { CallActs } from './useCallActs.ts';
import { useStage, useStageState } from './useStage.ts';

interface StageHeadProps {
  readonly name: string;
  readonly acts: CallActs;
}

/** Which call this is, how long it has lasted, and what else can be looked at. */
export function StageHead({ name, acts }: StageHeadProps): ReactNode {
  const { t } = useTranslation('stage');
  const count = useActive(({ people }) => people.length);
  const isSealed = useActive((call) => call.isSealed);
  const isOpenToServer = useIsOfTwoOpenToServer();
  return (
    <header className={styles['head']}>
      <IconButton label={t('minimize')} keys={KEYS.minimize} onClick={acts.minimize}>
        <ChevronDown />
      </IconButton>
      <div className={styles['title']}>
        <h2 className={styles['name']}>
          <bdi>{name}</bdi>
        </h2>
        <span className={styles['about']}>
          <Duration />
          <span className={styles['count']}>{t('peopleCount', { count })}</span>
        </span>
      </div>
      <CompareHere />
      <Suspense>{isSealed && <SealingMark />}</Suspense>
      <Suspense>{isOpenToServer && <OpenMark />}</Suspense>
      <LayoutMenu />
      <PeopleButton onPress={acts.people} />
      <ChatButton onPress={acts.chat} />
    </header>
  );
}

const ICONS: Readonly<Record<View, ReactNode>> = {
  grid: <LayoutGrid />,
  speaker: <UserSquare2 />,
  sidebar: <PanelRight className={styles['panelIcon']} />,
};

function LayoutMenu(): ReactNode {
  const { t } = useTranslation('stage');
  const stage = useStage();
  const view = useStageState((state) => state.view);
  const trigger = (
    <IconButton label={t('layout')} keys={KEYS.view} hasTooltip={false}>
      {ICONS[view]}
    </IconButton>
  );
  return (
    <Menu trigger={trigger}>
      <MenuChoice
        label={t('layout')}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`view_${value}`) }))}
        onChange={stage.show}
      />
    </Menu>
  );
}

function PeopleButton({ onPress }: { readonly onPress: () => void }): ReactNode {
  const { t } = useTranslation('stage');
  const isOpen = useStageState((state) => state.isPeopleOpen);
  const hands = useActive(({ people }) => people.filter((one) => one.hand !== null).length);
  return (
    <span className={styles['counted']}>
      <IconButton label={t('people')} keys={KEYS.people} aria-pressed={isOpen} onClick={onPress}>
        <UsersRound />
      </IconButton>
      {hands > 0 && (
        <span className={styles['badge']}>
          <Badge label={t('handsUp', { count: hands })}>{hands}</Badge>
        </span>
      )}
    </span>
  );
}

function ChatButton({ onPress }: { readonly onPress: () => void }): ReactNode {
  const { t } = useTranslation('stage');
  const { chats } = useCalls();
  const chatId = useActive((call) => call.chatId);
  const isOpen = useActive(({ isChatOpen }) => isChatOpen);
  const count = useStore(chats.store, ({ list }) => list.chats.get(chatId)?.summary.unreadCount ?? 0);
  return (
    <span className={styles['counted']}>
      <IconButton label={t('chat')} keys={KEYS.chat} aria-pressed={isOpen} onClick={onPress}>
        <MessageSquare />
      </IconButton>
      {count > 0 && !isOpen && (
        <span className={styles['badge']}>
          <Badge label={t('unread', { count })}>{count > 99 ? '99+' : count}</Badge>
        </span>
      )}
    </span>
  );
}
