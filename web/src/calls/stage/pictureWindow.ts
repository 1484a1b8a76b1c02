import { createStore, type StoreApi } from 'zustand/vanilla';
import type { VideoHandle } from '../transport/media.transport.ts';

/** `small`: one picture, above whatever else one does where the browser can. `large`: the whole call in a window of its own. */
export type WindowSize = 'small' | 'large';

const SIZES: Readonly<Record<WindowSize, { readonly width: number; readonly height: number }>> = {
  small: { width: 384, height: 256 },
  large: { width: 1024, height: 680 },
};

/** What a browser has of windows that stay above all others. */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number; height: number; preferInitialWindowPlacement?: boolean }): Promise<Window>;
}

/** The call in a window besides its page. */
export interface PictureWindow {
  /** The window of our own that is open; what it shows is put there by PictureStage.tsx. */
  readonly store: StoreApi<{ readonly window: Window | null }>;
  /** What stays above all other windows. `whole`: a window of our own. `video`: one video alone. */
  readonly above: 'whole' | 'video' | 'nothing';
  /** Whether there are windows of our own, be they above all others or only beside them. */
  readonly hasOwn: boolean;
  /** Within a press. A browser may refuse; then nothing changes. */
  open(size: WindowSize): void;
  /** Closes what is open, else opens it small. */
  toggle(): void;
  close(): void;
}

interface Deps {
  readonly page: Window & { readonly documentPictureInPicture?: DocumentPictureInPicture };
  /** Phones have no windows beside each other. */
  readonly isOnDesk: boolean;
  /** Makes a window look like the page; answers how to stop. */
  readonly dress: (opened: Document) => () => void;
  /** The picture that a browser without windows above others is to show. */
  readonly video: () => VideoHandle | null;
}

export function createPictureWindow({ page, isOnDesk, dress, video }: Deps): PictureWindow {
  const store = createStore<{ readonly window: Window | null }>(() => ({ window: null }));
  const { document, documentPictureInPicture: windows } = page;
  const above = windows ? 'whole' : document.pictureInPictureEnabled ? 'video' : 'nothing';
  /** Raised whenever what is being opened is no longer wanted. */
  let turn = 0;

  async function openAbove(size: WindowSize): Promise<void> {
    const mine = turn;
    const opened = await windows?.requestWindow({ ...SIZES[size], preferInitialWindowPlacement: size === 'large' });
    if (!opened) return;
    // The call ended before it came: nobody would ever fill or close it.
    if (mine !== turn) return opened.close();
    take(opened);
  }

  /** As any other window: the browser keeps it in front of nothing. */
  function openBeside(size: WindowSize): void {
    const { width, height } = SIZES[size];
    const opened = page.open('', '', `popup,width=${width},height=${height}`);
    if (!opened) return;
    // It would outlive the page, which fills it.
    page.addEventListener('pagehide', () => opened.close(), { once: true });
    take(opened);
  }

  function take(opened: Window): void {
    const undress = dress(opened.document);
    opened.addEventListener('pagehide', () => {
      undress();
      if (store.getState().window === opened) store.setState({ window: null });
    });
    store.setState({ window: opened });
  }

  /** The element stands in no page; the browser alone shows it. */
  async function openVideo(): Promise<void> {
    const shown = video();
    if (!shown) return;
    const mine = turn;
    const element = document.createElement('video');
    element.muted = true;
    shown.attach(element);
    const letGo = (): void => shown.detach(element);
    element.addEventListener('leavepictureinpicture', letGo);
    try {
      await element.play();
      await element.requestPictureInPicture();
    } catch (failure) {
      letGo();
      throw failure;
    }
    if (mine !== turn) leaveVideo();
  }

  function leaveVideo(): void {
    if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => {});
  }

  function open(size: WindowSize): void {
    close();
    if (above === 'whole') openAbove(size).catch(() => {});
    else if (above === 'video' && size === 'small') openVideo().catch(() => {});
    else if (isOnDesk) openBeside(size);
  }

  function close(): void {
    turn += 1;
    store.getState().window?.close();
    leaveVideo();
  }

  return {
    store,
    above,
    hasOwn: above === 'whole' || isOnDesk,
    open,
    toggle: () => ((store.getState().window ?? document.pictureInPictureElement) ? close() : open('small')),
    close,
  };
}
