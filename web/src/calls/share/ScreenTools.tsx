import {
  Maximize,
  Minimize,
  MousePointerClick,
  PinOff,
  Snowflake,
  Volume2,
  VolumeX,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import type { Alone } from '../stage/useFullScreen.ts';
import styles from './ScreenTools.module.css';
import type { Frozen } from './useFrozen.ts';
import { ZOOM_STEP } from './useGestures.ts';
import type { PointingControl } from './usePointing.ts';
import type { ScreenVolume } from './useScreenVolume.ts';
import type { ZoomControl } from './useZoom.ts';

interface ScreenToolsProps {
  readonly box: RefObject<HTMLElement | null>;
  readonly zoom: ZoomControl;
  readonly frozen: Frozen;
  readonly pointing: PointingControl;
  readonly volume: ScreenVolume;
  readonly alone: Alone;
  readonly onUnpin?: (() => void) | undefined;
}

/** What one does with a shared screen. */
export function ScreenTools({ box, zoom, frozen, pointing, volume, alone, onUnpin }: ScreenToolsProps): ReactNode {
  const { t } = useTranslation('screens');
  return (
    <div className={styles['tools']} role="toolbar" aria-label={t('tools')}>
      <IconButton size="s" label={t('zoomOut')} keys="-" onClick={() => zoom.by(1 / ZOOM_STEP)}>
        <ZoomOut />
      </IconButton>
      <button
        type="button"
        className={styles['times']}
        data-tooltip={t(zoom.isWhole ? 'toActual' : 'toWhole')}
        data-tooltip-keys={zoom.isWhole ? '1' : '0'}
        onClick={() => (zoom.isWhole ? zoom.toActual() : zoom.toWhole())}
      >
        {t('times', { times: Math.round(zoom.times * 100) })}
        <span className="visually-hidden">{t(zoom.isWhole ? 'toActual' : 'toWhole')}</span>
      </button>
      <IconButton size="s" label={t('zoomIn')} keys="+" onClick={() => zoom.by(ZOOM_STEP)}>
        <ZoomIn />
      </IconButton>
      <IconButton size="s" label={t('freeze')} keys="Space" aria-pressed={frozen.isOn} onClick={frozen.toggle}>
        <Snowflake />
      </IconButton>
      <IconButton
        size="s"
        label={t(pointing.isAllowed ? 'point' : 'pointForbidden')}
        keys="X"
        aria-pressed={pointing.isOn}
        disabled={!pointing.isAllowed}
        onClick={() => {
          pointing.toggle();
          // The arrow keys then move the pointer.
          box.current?.focus({ preventScroll: true });
        }}
      >
        <MousePointerClick />
      </IconButton>
      {volume.value !== null && <VolumeTool value={volume.value} onChange={volume.set} />}
      {document.fullscreenEnabled && <FullScreenTool {...alone} />}
      {onUnpin && (
        <IconButton size="s" label={t('unpin')} onClick={onUnpin}>
          <PinOff />
        </IconButton>
      )}
    </div>
  );
}

function VolumeTool({ value, onChange }: { value: number; onChange: (volume: number) => void }): ReactNode {
  const { t } = useTranslation('screens');
  const isOff = value === 0;
  return (
    <>
      <IconButton size="s" label={t(isOff ? 'soundOn' : 'soundOff')} onClick={() => onChange(isOff ? 1 : 0)}>
        {isOff ? <VolumeX /> : <Volume2 />}
      </IconButton>
      <input
        className={styles['volume']}
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={value}
        aria-label={t('volume')}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </>
  );
}

/** The screen alone, over everything; the stage's own button takes the stage as a whole. */
function FullScreenTool({ isOn, toggle }: Alone): ReactNode {
  const { t } = useTranslation('screens');
  return (
    <IconButton size="s" label={t(isOn ? 'leaveFullScreen' : 'fullScreen')} onClick={toggle}>
      {isOn ? <Minimize /> : <Maximize />}
    </IconButton>
  );
}
