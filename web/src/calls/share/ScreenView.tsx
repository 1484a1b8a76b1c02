import { Snowflake } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../ui/classes.ts';
import { useAlone } from '../stage/useFullScreen.ts';
import type { VideoHandle } from '../transport/media.transport.ts';
import { PointerLayer } from './PointerLayer.tsx';
import type { ScreenPictureProps } from './ScreenPicture.tsx';
import { ScreenTools } from './ScreenTools.tsx';
import styles from './ScreenView.module.css';
import { useFrozen } from './useFrozen.ts';
import { useGestures } from './useGestures.ts';
import { usePointing } from './usePointing.ts';
import { useScreenVolume } from './useScreenVolume.ts';
import { useSeenPointers } from './useSeenPointers.ts';
import { useShownVideo } from './useShownVideo.ts';
import { useZoom } from './useZoom.ts';

/** The picture of a screen, placed by hand: one sees any part of it in any size, and points at it. */
export function ScreenView(props: ScreenPictureProps & { readonly video: VideoHandle }): ReactNode {
  const { participant, title, isMain, onUnpin, video } = props;
  const { t } = useTranslation('screens');
  const box = useRef<HTMLDivElement>(null);
  const { element, size, ref } = useShownVideo(video);
  const zoom = useZoom({ box, picture: size });
  const { ref: keptRef, ...frozen } = useFrozen(element);
  const pointing = usePointing(participant);
  const seen = useSeenPointers(participant);
  const volume = useScreenVolume(participant);
  const alone = useAlone(isMain);
  const gestures = useGestures({ box, zoom, pointing, freeze: frozen.toggle });
  const { left, top, width, height } = zoom.place;
  const look = classes(
    styles['box'],
    isMain && styles['main'],
    alone.isOn && styles['alone'],
    pointing.isOn && styles['pointing'],
    zoom.isNear && !pointing.isOn && styles['near'],
  );
  return (
    <div
      ref={box}
      className={look}
      data-own-keys=""
      {...(isMain && { ...gestures, tabIndex: 0, role: 'group', 'aria-label': t('view', { name: title }) })}
    >
      <div className={styles['picture']} style={{ left, top, width, height }}>
        <video ref={ref} className={styles['video']} aria-label={title} autoPlay playsInline muted />
        <canvas ref={keptRef} className={styles['frozen']} hidden={!frozen.isOn} />
        <PointerLayer seen={seen} mine={pointing.at} />
      </div>
      {frozen.isOn && (
        <output className={styles['sign']}>
          <Snowflake aria-hidden="true" />
          {t('frozen')}
        </output>
      )}
      {isMain && <ScreenTools {...{ box, zoom, frozen, pointing, volume, alone, onUnpin }} />}
    </div>
  );
}
