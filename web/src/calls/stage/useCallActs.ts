import type { ChatId } from '@dialog/shared/contract/values';
import { useCalls } from '../useCalls.ts';
import type { CallAct } from './callKeys.ts';
import { VIEWS } from './layout.ts';
import { toggleDevice } from '../devices/toggleDevice.ts';
import { toggleFullScreen } from './useFullScreen.ts';
import { usePictureWindow } from './usePictureWindow.ts';
import { useStage } from './useStage.ts';

export type CallActs = Readonly<Record<CallAct, () => void>>;

interface Deps {
  readonly onOpenChat: (chatId: ChatId) => void;
  readonly openHelp: () => void;
  readonly minimize: () => void;
}

/** What one does in a call, by key or button alike. */
export function useCallActs({ onOpenChat, openHelp, minimize }: Deps): CallActs {
  const { own } = useCalls();
  const stage = useStage();
  const picture = usePictureWindow();
  return {
    mute: () => toggleDevice(own.media, 'microphone'),
    camera: () => toggleDevice(own.media, 'camera'),
    share: () => own.share({ act: own.store.getState().active?.share.status === 'on' ? 'stop' : 'ask' }),
    hand: () => own.raiseHand(own.store.getState().active?.people.find((one) => one.isMe)?.hand === null),
    people: () => stage.openPeople(!stage.store.getState().isPeopleOpen),
    chat() {
      const { active } = own.store.getState();
      if (active?.isChatOpen) own.showChat(false);
      else if (active) onOpenChat(active.chatId);
    },
    view: () => stage.show(VIEWS[(VIEWS.indexOf(stage.store.getState().view) + 1) % VIEWS.length] ?? 'grid'),
    fullScreen: toggleFullScreen,
    window: picture.toggle,
    previousPage: () => stage.turnTo(stage.store.getState().page - 1),
    nextPage: () => stage.turnTo(stage.store.getState().page + 1),
    leave: own.leave,
    minimize,
    help: openHelp,
  };
}
