import { ArrowLeftRight, Ellipsis, Pause, Play, ScreenShare, ScreenShareOff, Volume2, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, MenuChoice, MenuSeparator } from '../../ui/Menu.tsx';
import { useActive, useCalls } from '../useCalls.ts';
import { LOOKS, lookOf } from './looks.ts';
import type { OnShare } from './share.ts';
import styles from './ShareBar.module.css';

/** That I share, what of it, and all that I do with it. */
export function ShareBar(): ReactNode {
  const { t } = useTranslation('screens');
  const share = useActive((call) => call.share);
  if (share.status === 'off' && share.hasFailed) {
    return (
      <Banner isRounded kind="danger">
        {t('failed')}
      </Banner>
    );
  }
  if (share.status !== 'on') return null;
  return (
    <Banner
      isRounded
      kind={share.isPaused ? 'warning' : 'info'}
      icon={share.isPaused ? <Pause aria-hidden="true" /> : <ScreenShare aria-hidden="true" />}
      action={<Acts share={share} />}
    >
      <ShareText share={share} />
    </Banner>
  );
}

/** The same in the bar of a call that goes on while one reads. */
export function ShareInBar(): ReactNode {
  const share = useActive((call) => call.share);
  if (share.status !== 'on') return null;
  return (
    <span className={styles['inBar']}>
      <span className={styles['inBarText']}>
        <ShareText share={share} />
      </span>
      <Acts share={share} />
    </span>
  );
}

function ShareText({ share }: { readonly share: OnShare }): ReactNode {
  const { t } = useTranslation('screens');
  if (share.isPaused) return t('pausedByMe');
  return t(share.sound === 'on' ? 'sharingWithSound' : 'sharingSilently', {
    what: t(`what-${share.surface ?? 'unknown'}`),
  });
}

function Acts({ share }: { readonly share: OnShare }): ReactNode {
  const { t } = useTranslation('screens');
  const { own } = useCalls();
  const isHeard = share.sound === 'on';
  return (
    <span className={styles['acts']}>
      <IconButton
        size="s"
        label={t(share.isPaused ? 'resume' : 'pause')}
        onClick={() => own.share({ act: 'pause', isPaused: !share.isPaused })}
      >
        {share.isPaused ? <Play /> : <Pause />}
      </IconButton>
      <IconButton
        size="s"
        label={t('switch')}
        disabled={share.isSwitching}
        onClick={() => own.share({ act: 'switch' })}
      >
        <ArrowLeftRight />
      </IconButton>
      <IconButton
        size="s"
        label={t(isHeard ? 'dropSound' : 'addSound')}
        disabled={share.isSwitching}
        onClick={() => own.share({ act: 'sound', isOn: !isHeard })}
      >
        {isHeard ? <Volume2 /> : <VolumeX />}
      </IconButton>
      <ShareMenu share={share} />
      <IconButton size="s" kind="danger" label={t('stop')} onClick={() => own.share({ act: 'stop' })}>
        <ScreenShareOff />
      </IconButton>
    </span>
  );
}

function ShareMenu({ share }: { readonly share: OnShare }): ReactNode {
  const { t } = useTranslation('screens');
  const { own } = useCalls();
  const trigger = (
    <IconButton size="s" label={t('more')} hasTooltip={false}>
      <Ellipsis />
    </IconButton>
  );
  return (
    <Menu trigger={trigger}>
      <MenuChoice
        label={t('how')}
        value={lookOf(share)}
        options={LOOKS.map(({ value }) => ({ value, label: t(value) }))}
        onChange={(value) => {
          const look = LOOKS.find((one) => one.value === value);
          if (look) own.share({ act: 'look', mode: look.mode, frameRate: look.frameRate });
        }}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('pointers')}
        value={share.takesPointers ? 'on' : 'off'}
        options={[
          { value: 'on', label: t('pointersOn') },
          { value: 'off', label: t('pointersOff') },
        ]}
        onChange={(value) => own.share({ act: 'pointers', isOn: value === 'on' })}
      />
    </Menu>
  );
}
