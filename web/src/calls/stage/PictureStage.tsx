import { PanelTopOpen, PhoneOff } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { OrderNotes } from '../order/late.ts';
import { useActive, useCalls, useChatName } from '../useCalls.ts';
import { KEYS, useCallKeys } from './callKeys.ts';
import { CallTile } from './CallTile.tsx';
import { Duration } from './Duration.tsx';
import { HandButton } from './HandButton.tsx';
import type { Layout } from './layout.ts';
import { LinkNote } from './LinkNote.tsx';
import { CameraButton, MuteButton } from './MediaButtons.tsx';
import { Pager } from './Pager.tsx';
import styles from './PictureStage.module.css';
import { place, type Placing } from './placing.ts';
import { type BoxSize, useBox } from './useBox.ts';
import { useCallActs } from './useCallActs.ts';
import { usePictureWindow } from './usePictureWindow.ts';
import { useStage, useStageState } from './useStage.ts';

/** From here on there is room for everyone. */
const WHOLE = { width: 560, height: 380 } as const;

/** The call in a window besides its page: one picture, or all of them where it is made large enough. */
export function PictureStage({ window: here }: { readonly window: Window }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const picture = usePictureWindow();
  const name = useChatName(useActive(({ chatId }) => chatId));
  const area = useRef<HTMLDivElement>(null);
  const { placing, page, turnTo } = usePicturePlacing(useBox(area));
  const acts = {
    ...useCallActs({ onOpenChat: toPage, openHelp: toPage, minimize: picture.close }),
    previousPage: () => turnTo(page - 1),
    nextPage: () => turnTo(page + 1),
  };
  const title = t('stage', { name });
  useCallKeys(acts, here);
  useEffect(() => entitle(here.document, title), [here, title]);

  function toPage(): void {
    own.showStage(true);
    picture.close();
    window.focus();
  }

  return (
    <section className={styles['stage']} data-theme="dark" aria-label={title}>
      <div className={styles['notes']}>
        <LinkNote />
        <Suspense>
          <OrderNotes />
        </Suspense>
      </div>
      <div ref={area} className={styles['area']}>
        <ul className={styles['tiles']} aria-label={t('people')}>
          {placing?.tiles.map((tile) => (
            <CallTile key={tile.id} {...tile} isBare />
          ))}
        </ul>
        {placing?.pager && <Pager place={placing.pager} page={page} pages={placing.pages} onTurn={turnTo} />}
        <span className={styles['time']}>
          <Duration />
        </span>
      </div>
      <div className={styles['controls']} role="toolbar" aria-label={t('controls')}>
        <MuteButton />
        <CameraButton />
        <HandButton onPress={acts.hand} />
        <BackButton onPress={toPage} />
        <IconButton label={t('leave')} kind="danger" keys={KEYS.leave} onClick={acts.leave}>
          <PhoneOff />
        </IconButton>
      </div>
    </section>
  );
}

interface PicturePlacing {
  readonly placing: Placing | null;
  /** From 0; one's own, for the stage on the page has room for other tiles. */
  readonly page: number;
  readonly turnTo: (page: number) => void;
}

function usePicturePlacing(box: BoxSize | null): PicturePlacing {
  const stage = useStage();
  const layout = useStageState((state) => state.layout);
  const single = useStageState((state) => state.single);
  const isStageOpen = useActive((call) => call.isStageOpen);
  const [turned, setTurned] = useState(0);
  const isWhole = box !== null && box.width >= WHOLE.width && box.height >= WHOLE.height;
  const at = useMemo(
    () => box && paged(isWhole ? layout : { main: single, rest: [], corner: null }, box, turned),
    [layout, single, box, isWhole, turned],
  );
  const fit = at?.placing.fit;
  // Who speaks comes to the first page: to this one, unless the stage on the page has one as well.
  useEffect(() => {
    if (isWhole && !isStageOpen && fit !== undefined) stage.fit(fit);
  }, [stage, isWhole, isStageOpen, fit]);
  return { placing: at?.placing ?? null, page: at?.page ?? 0, turnTo: (page) => setTurned(Math.max(0, page)) };
}

/** The page that was turned to, or the last one there is. */
function paged(layout: Layout, box: BoxSize, turned: number) {
  const placing = place(layout, box, turned);
  if (turned < placing.pages) return { placing, page: turned };
  return { placing: place(layout, box, placing.pages - 1), page: placing.pages - 1 };
}

function entitle(opened: Document, title: string): void {
  opened.title = title;
}

function BackButton({ onPress }: { readonly onPress: () => void }): ReactNode {
  const { t } = useTranslation('stage');
  return (
    <IconButton label={t('toPage')} onClick={onPress}>
      <PanelTopOpen />
    </IconButton>
  );
}
