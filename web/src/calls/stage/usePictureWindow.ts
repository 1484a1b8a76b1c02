import type { OwnCall } from '../own/ownCall.ts';
import { canShareScreen } from '../share/shareAbility.ts';
import { useCalls } from '../useCalls.ts';
import { dress } from './dress.ts';
import { readTile } from './layout.ts';
import { createPictureWindow, type PictureWindow } from './pictureWindow.ts';
import type { Stage } from './stage.ts';
import { useStage } from './useStage.ts';

const known = new WeakMap<OwnCall, PictureWindow>();

/** One for each signed-in person, as their stage (useStage.ts). */
export function usePictureWindow(): PictureWindow {
  const { own } = useCalls();
  const stage = useStage();
  const picture = known.get(own) ?? makeWindow(own, stage);
  known.set(own, picture);
  return picture;
}

function makeWindow(own: OwnCall, stage: Stage): PictureWindow {
  return createPictureWindow({
    page: window,
    isOnDesk: canShareScreen(),
    dress: (opened) => dress(opened, document),
    video() {
      const { identity, kind } = readTile(stage.store.getState().single ?? '');
      const shown = own.store.getState().active?.people.find((one) => one.identity === identity);
      return (kind === 'screen' ? shown?.screen : shown?.camera) ?? null;
    },
  });
}
