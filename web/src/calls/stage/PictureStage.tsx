import { PanelTopOpen, PhoneOff } from 'lucide-react';
import { type ReactNode, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { useActive, useCalls, useChatName } from '../useCalls.ts';
import { KEYS, useCallKeys } from './callKeys.ts';
import { CallTile } from './CallTile.tsx';
import { Duration } from './Duration.tsx';
import { HandButton } from './HandButton.tsx';
import { CameraButton, MuteButton } from './MediaButtons.tsx';
import styles from './PictureStage.module.css';
import { place } from './placing.ts';
import { useBox } from './useBox.ts';
import { useCallActs } from './useCallActs.ts';
import { usePictureWindow, useStageState } from './useStage.ts';

/** From here on there is room for everyone. */
const WHOLE = { width: 560, height: 380 } as const;

/** The call in a window above all others: one picture, or all of them where it is made large enough. */
export function PictureStage({ window: here }: { readonly window: Window }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const picture = usePictureWindow();
  const name = useChatName(useActive(({ chatId }) => chatId));
  const acts = useCallActs({ onOpenChat: toPage, openHelp: toPage, minimize: picture.close });
  useCallKeys(acts, here);

  function toPage(): void {
    own.showStage(true);
    picture.close();
    window.focus();
  }

  return (
    <section className={styles['stage']} data-theme="dark" aria-label={t('stage', { name })}>
      <PictureTiles />
      <div className={styles['controls']} role="toolbar" aria-label={t('controls')}>
        <MuteButton />
        <CameraButton />
        <HandButton onPress={acts.hand} />
        <BackButton onPress={toPage} />
        <IconButton label={t('leave')} kind="danger" keys={KEYS.leave} onClick={acts.leave}>
          <PhoneOff />
        </IconButton>
      </div>
      <Time />
    </section>
  );
}

function PictureTiles(): ReactNode {
  const { t } = useTranslation('calls');
  const layout = useStageState((state) => state.layout);
  const single = useStageState((state) => state.single);
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const placing = useMemo(() => {
    if (!box) return null;
    const isWhole = box.width >= WHOLE.width && box.height >= WHOLE.height;
    return place(isWhole ? layout : { main: single, rest: [], corner: null }, box, 0);
  }, [layout, single, box]);
  return (
    <div ref={area} className={styles['area']}>
      <ul className={styles['tiles']} aria-label={t('people')}>
        {placing?.tiles.map((tile) => (
          <CallTile key={tile.id} {...tile} isBare />
        ))}
      </ul>
    </div>
  );
}

function BackButton({ onPress }: { readonly onPress: () => void }): ReactNode {
  const { t } = useTranslation('stage');
  return (
    <IconButton label={t('toPage')} onClick={onPress}>
      <PanelTopOpen />
    </IconButton>
  );
}

function Time(): ReactNode {
  const startedAt = useActive((call) => call.startedAt);
  return (
    <span className={styles['time']}>
      <Duration since={startedAt} />
    </span>
  );
}
