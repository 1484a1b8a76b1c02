import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { useBox } from '../stage/useBox.ts';
import type { Participant, VideoHandle } from '../transport/media.transport.ts';
import styles from './MirrorNote.module.css';
import { PointerLayer } from './PointerLayer.tsx';
import type { SeenPointers } from './pointers.ts';
import { ScreenNote } from './ScreenNote.tsx';
import { useLooks } from './useLooks.ts';
import { useSeenPointers } from './useSeenPointers.ts';
import { placeOf, WHOLE } from './zoom.ts';

interface MirrorNoteProps {
  readonly participant: Participant;
  readonly video: VideoHandle;
  readonly onShow: () => void;
}

/** In place of my own whole screen, which would show itself in itself. Where others point on it is shown all the same. */
export function MirrorNote({ participant, video, onShow }: MirrorNoteProps): ReactNode {
  const { t } = useTranslation('screens');
  const seen = useSeenPointers(participant);
  const isPointedAt = useStore(seen.store, ({ size }) => size > 0);
  return (
    <>
      <ScreenNote>
        <span className={styles['why']}>{t('mirror')}</span>
        {!isPointedAt && (
          <span className={styles['above']}>
            <Button size="s" onClick={onShow}>
              {t('mirrorShow')}
            </Button>
          </span>
        )}
      </ScreenNote>
      {isPointedAt && <PointedAt video={video} seen={seen} />}
    </>
  );
}

/** Stills of a video, one every few seconds: what stands still shows itself no deeper than it was seen. */
function PointedAt({ video, seen }: { readonly video: VideoHandle; readonly seen: SeenPointers }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const room = useBox(box) ?? { width: 0, height: 0 };
  const { ref, size } = useLooks(video);
  const { left, top, width, height } = placeOf(WHOLE, { picture: size, box: room, actual: 1 });
  return (
    <div ref={box} className={styles['pointedAt']}>
      <div className={styles['picture']} style={{ left, top, width, height }}>
        <canvas ref={ref} className={styles['still']} aria-hidden="true" />
        {size.width > 0 && <PointerLayer seen={seen} mine={null} />}
      </div>
    </div>
  );
}
