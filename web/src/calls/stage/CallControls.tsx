import {
  Maximize,
  Mic,
  MicOff,
  Minimize,
  PhoneOff,
  ScreenShare,
  ScreenShareOff,
  Settings2,
  Video,
  VideoOff,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import styles from './CallControls.module.css';
import { KEYS } from './callKeys.ts';
import { DeviceChoice } from '../devices/DeviceChoice.tsx';
import { DeviceProblems } from '../devices/DeviceProblems.tsx';
import { FlipCameraButton } from '../devices/FlipCameraButton.tsx';
import { HabitsChoice } from '../devices/HabitsChoice.tsx';
import { EffectsChoice } from '../effects/EffectsChoice.tsx';
import { canShareScreen, canShareSound } from '../share/shareAbility.ts';
import { useActive, useCalls, useLocalMedia } from '../useCalls.ts';
import type { FullScreen } from './useFullScreen.ts';

/** What one does in a call, all within a thumb's reach. */
export function CallControls({ fullScreen }: { readonly fullScreen: FullScreen }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  return (
    <div className={styles['controls']} role="toolbar" aria-label={t('controls')}>
      <MuteButton />
      <CameraButton />
      <FlipCameraButton />
      {canShareScreen() && <ShareButton />}
      <DevicesButton />
      {fullScreen.isPossible && (
        <span className={styles['wideOnly']}>
          <IconButton
            label={t(fullScreen.isOn ? 'leaveFullScreen' : 'fullScreen')}
            keys={KEYS.fullScreen}
            onClick={fullScreen.toggle}
          >
            {fullScreen.isOn ? <Minimize /> : <Maximize />}
          </IconButton>
        </span>
      )}
      <IconButton label={t('leave')} keys={KEYS.leave} kind="danger" onClick={own.leave}>
        <PhoneOff />
      </IconButton>
    </div>
  );
}

export function MuteButton({ size = 'm' }: { readonly size?: 'm' | 's' }): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const isOn = useLocalMedia(({ microphone }) => microphone.isWanted && microphone.problem === null);
  return (
    <IconButton
      label={isOn ? t('mute') : t('unmute')}
      keys={KEYS.mute}
      size={size}
      kind={isOn ? 'plain' : 'danger'}
      onClick={() => toggle(media, 'microphone')}
    >
      {isOn ? <Mic /> : <MicOff />}
    </IconButton>
  );
}

function CameraButton(): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const isOn = useLocalMedia(({ camera }) => camera.isWanted && camera.problem === null);
  return (
    <IconButton
      label={isOn ? t('cameraTurnOff') : t('cameraTurnOn')}
      keys={KEYS.camera}
      kind={isOn ? 'plain' : 'danger'}
      onClick={() => toggle(media, 'camera')}
    >
      {isOn ? <Video /> : <VideoOff />}
    </IconButton>
  );
}

/** A device that failed is tried again; one that works changes sides. */
function toggle(media: ReturnType<typeof useCalls>['own']['media'], kind: 'microphone' | 'camera'): void {
  const { isWanted, problem } = media.store.getState()[kind];
  media.want(kind, problem !== null || !isWanted);
}

/** Before the browser asks what to share, how it is to look, and whether sound can go along. */
function ShareButton(): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const status = useActive(({ share }) => share.status);
  if (status === 'on') {
    return (
      <IconButton label={t('stopSharing')} keys={KEYS.share} kind="filled" onClick={own.stopSharing}>
        <ScreenShareOff />
      </IconButton>
    );
  }
  const trigger = (
    <IconButton label={t('shareScreen')} hasTooltip={false} disabled={status === 'picking'}>
      <ScreenShare />
    </IconButton>
  );
  return (
    <Menu trigger={trigger} side="top" align="center">
      <div className={styles['shareNote']}>{t(canShareSound() ? 'shareSoundMaybe' : 'shareSoundNever')}</div>
      <MenuItem onSelect={() => own.share('text')}>{t('shareText')}</MenuItem>
      <MenuItem onSelect={() => own.share('motion')}>{t('shareMotion')}</MenuItem>
    </Menu>
  );
}

function DevicesButton(): ReactNode {
  const { t } = useTranslation('calls');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t('devices')} onClick={() => setOpen(true)}>
        <Settings2 />
      </IconButton>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t('devices')}>
        <div className={styles['devices']}>
          <DeviceProblems />
          <DeviceChoice />
          <EffectsChoice />
          <HabitsChoice />
        </div>
      </Dialog>
    </>
  );
}
