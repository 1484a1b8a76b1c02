import { PhoneOff, Settings2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { WhenOpened } from '../../ui/WhenOpened.tsx';
import { FlipCamera } from '../devices/FlipCamera.tsx';
import { StatisticsDialog } from '../quality/late.ts';
import { ShareDialog } from '../share/late.ts';
import { ShareButton } from '../share/ShareButton.tsx';
import { canShareScreen } from '../share/shareAbility.ts';
import { useActive } from '../useCalls.ts';
import styles from './CallControls.module.css';
import { KEYS } from './callKeys.ts';
import { HandButton } from './HandButton.tsx';
import { CameraButton, MuteButton } from './MediaButtons.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { ReactButton, ReactionBar } from './Reactions.tsx';
import type { CallActs } from './useCallActs.ts';
import { DevicesDialog } from './late.ts';
import { useIsNarrow } from './useIsNarrow.ts';

/** What one does in a call, all within a thumb's reach. */
export function CallControls({ acts }: { readonly acts: CallActs }): ReactNode {
  const { t } = useTranslation('calls');
  const [isReacting, setReacting] = useState(false);
  const [isDevicesOpen, setDevicesOpen] = useState(false);
  const [isStatisticsOpen, setStatisticsOpen] = useState(false);
  const isAskingHowToShare = useActive(({ share }) => share.status === 'asking');
  const isNarrow = useIsNarrow();
  return (
    <div className={styles['place']}>
      {isReacting && <ReactionBar onClose={() => setReacting(false)} />}
      <div className={styles['controls']} role="toolbar" aria-label={t('controls')}>
        <MuteButton />
        <CameraButton />
        <FlipCamera />
        {canShareScreen() && !isNarrow && <ShareButton keys={KEYS.share} />}
        <HandButton onPress={acts.hand} />
        <ReactButton isOpen={isReacting} onPress={() => setReacting(!isReacting)} />
        {!isNarrow && (
          <IconButton label={t('devices')} onClick={() => setDevicesOpen(true)}>
            <Settings2 />
          </IconButton>
        )}
        <MoreMenu
          acts={acts}
          isNarrow={isNarrow}
          onDevices={() => setDevicesOpen(true)}
          onStatistics={() => setStatisticsOpen(true)}
        />
        <span className={styles['leave']}>
          <IconButton label={t('leave')} keys={KEYS.leave} kind="danger" onClick={acts.leave}>
            <PhoneOff />
          </IconButton>
        </span>
      </div>
      <WhenOpened isOpen={isStatisticsOpen}>
        <StatisticsDialog isOpen={isStatisticsOpen} onClose={() => setStatisticsOpen(false)} />
      </WhenOpened>
      <WhenOpened isOpen={isAskingHowToShare}>
        <ShareDialog />
      </WhenOpened>
      <WhenOpened isOpen={isDevicesOpen}>
        <DevicesDialog isOpen={isDevicesOpen} onClose={() => setDevicesOpen(false)} />
      </WhenOpened>
    </div>
  );
}
