import {
  Activity,
  AppWindow,
  Ellipsis,
  EyeOff,
  Keyboard,
  Maximize,
  Minimize,
  PictureInPicture2,
  ScreenShare,
  ScreenShareOff,
  Settings2,
} from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { WhenOpened } from '../../ui/WhenOpened.tsx';
import { AddPeopleDialog, AddPeopleItem } from '../adding/late.ts';
import { useIsOfTwo } from '../adding/useIsOfTwo.ts';
import { EndDialog, WholeOrder } from '../order/late.ts';
import { useMayOrder } from '../order/useMayOrder.ts';
import { canShareScreen } from '../share/shareAbility.ts';
import { useActive, useCalls, useLocalMedia } from '../useCalls.ts';
import type { CallActs } from './useCallActs.ts';
import { useIsFullScreen } from './useFullScreen.ts';
import { usePictureWindow } from './usePictureWindow.ts';

interface MoreMenuProps {
  readonly acts: CallActs;
  /** What has no room beside this button is in its menu. */
  readonly isNarrow: boolean;
  readonly onDevices: () => void;
  readonly onStatistics: () => void;
}

/** What is not needed in every call. */
export function MoreMenu({ acts, isNarrow, onDevices, onStatistics }: MoreMenuProps): ReactNode {
  const { t } = useTranslation('stage');
  const { media } = useCalls().own;
  const [isEnding, setEnding] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const mayOrder = useMayOrder();
  const isOfTwo = useIsOfTwo();
  const isSelfHidden = useLocalMedia(({ habits }) => habits.isSelfHidden);
  const trigger = (
    <IconButton label={t('more')} hasTooltip={false}>
      <Ellipsis />
    </IconButton>
  );
  return (
    <>
      <Menu trigger={trigger} side="top" align="center">
        <Suspense>{isOfTwo && <AddPeopleItem onSelect={() => setAdding(true)} />}</Suspense>
        {isNarrow && canShareScreen() && <ShareItem onSelect={acts.share} />}
        {isNarrow && <DevicesItem onSelect={onDevices} />}
        <MenuItem icon={<EyeOff />} onSelect={() => media.setHabits({ isSelfHidden: !isSelfHidden })}>
          {t(isSelfHidden ? 'showMine' : 'hideMine')}
        </MenuItem>
        <WindowItems />
        {document.fullscreenEnabled && <FullScreenItem onSelect={acts.fullScreen} />}
        <MenuSeparator />
        <StatisticsItem onSelect={onStatistics} />
        <MenuItem icon={<Keyboard />} onSelect={acts.help}>
          {t('keys')}
        </MenuItem>
        <Suspense>{mayOrder && <WholeOrder onEnd={() => setEnding(true)} />}</Suspense>
      </Menu>
      <WhenOpened isOpen={isAdding}>
        {isOfTwo && <AddPeopleDialog isOpen={isAdding} onClose={() => setAdding(false)} />}
      </WhenOpened>
      <Suspense>{mayOrder && <EndDialog isOpen={isEnding} onClose={() => setEnding(false)} />}</Suspense>
    </>
  );
}

interface ItemProps {
  readonly onSelect: () => void;
}

function ShareItem({ onSelect }: ItemProps): ReactNode {
  const { t } = useTranslation('screens');
  const isOn = useActive(({ share }) => share.status === 'on');
  return (
    <MenuItem icon={isOn ? <ScreenShareOff /> : <ScreenShare />} onSelect={onSelect}>
      {t(isOn ? 'stop' : 'start')}
    </MenuItem>
  );
}

function DevicesItem({ onSelect }: ItemProps): ReactNode {
  const { t } = useTranslation('calls');
  return (
    <MenuItem icon={<Settings2 />} onSelect={onSelect}>
      {t('devices')}
    </MenuItem>
  );
}

/** One picture above all other windows, or everyone in a window of their own. */
function WindowItems(): ReactNode {
  const { t } = useTranslation('stage');
  const picture = usePictureWindow();
  return (
    <>
      {picture.above !== 'nothing' && (
        <MenuItem icon={<PictureInPicture2 />} onSelect={picture.toggle}>
          {t('pictureInPicture')}
        </MenuItem>
      )}
      {picture.hasOwn && (
        <MenuItem icon={<AppWindow />} onSelect={() => picture.open('large')}>
          {t('ownWindow')}
        </MenuItem>
      )}
    </>
  );
}

function StatisticsItem({ onSelect }: ItemProps): ReactNode {
  const { t } = useTranslation('quality');
  return (
    <MenuItem icon={<Activity />} onSelect={onSelect}>
      {t('statistics-title')}
    </MenuItem>
  );
}

function FullScreenItem({ onSelect }: ItemProps): ReactNode {
  const { t } = useTranslation('calls');
  const isOn = useIsFullScreen();
  return (
    <MenuItem icon={isOn ? <Minimize /> : <Maximize />} onSelect={onSelect}>
      {t(isOn ? 'leaveFullScreen' : 'fullScreen')}
    </MenuItem>
  );
}
