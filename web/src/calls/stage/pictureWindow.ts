import { createStore, type StoreApi } from 'zustand/vanilla';
import type { VideoHandle } from '../transport/media.transport.ts';

/** `small`: one picture above whatever else one does. `large`: the whole call in a window of its own. */
export type WindowSize = 'small' | 'large';

const SIZES: Readonly<Record<WindowSize, { readonly width: number; readonly height: number }>> = {
  small: { width: 384, height: 256 },
  large: { width: 1024, height: 680 },
};

/** What a browser has of windows that stay above all others. */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number; height: number; preferInitialWindowPlacement?: boolean }): Promise<Window>;
}

/** The call above other windows. */
export interface PictureWindow {
  /** The window of our own that is open; what it shows is put there by PictureStage.tsx. */
  readonly store: StoreApi<{ readonly window: Window | null }>;
  /** `whole`: a window of our own. `video`: the browser shows one video alone. */
  readonly kind: 'whole' | 'video' | 'none';
  open(size: WindowSize): void;
  /** Closes what is open, else opens it small. */
  toggle(): void;
  close(): void;
}

interface Deps {
  readonly page: Window & { readonly documentPictureInPicture?: DocumentPictureInPicture };
  /** The picture that a browser without windows of our own is to show. */
  readonly video: () => VideoHandle | null;
}

export function createPictureWindow({ page, video }: Deps): PictureWindow {
  const store = createStore<{ readonly window: Window | null }>(() => ({ window: null }));
  const { document, documentPictureInPicture: windows } = page;
  const kind = windows ? 'whole' : document.pictureInPictureEnabled ? 'video' : 'none';
  /** Raised whenever what is being opened is no longer wanted. */
  let turn = 0;

  async function openWindow(size: WindowSize): Promise<void> {
    close();
    const mine = turn;
    const opened = await windows?.requestWindow({ ...SIZES[size], preferInitialWindowPlacement: size === 'large' });
    if (!opened) return;
    // The call ended before it came: nobody would ever fill or close it.
    if (mine !== turn) return opened.close();
    dress(opened.document, document);
    opened.addEventListener('pagehide', () => store.getState().window === opened && store.setState({ window: null }));
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
    // The browser may refuse; then nothing changes.
    if (kind === 'whole') openWindow(size).catch(() => {});
    if (kind === 'video') openVideo().catch(() => {});
  }

  function close(): void {
    turn += 1;
    store.getState().window?.close();
    leaveVideo();
  }

  return {
    store,
    kind,
    open,
    toggle: () => ((store.getState().window ?? document.pictureInPictureElement) ? close() : open('small')),
    close,
  };
}

/** An empty window looks, reads and is spoken like the page that opened it. */
function dress(opened: Document, page: Document): void {
  const { lang, dir } = page.documentElement;
  Object.assign(opened.documentElement, { lang, dir });
  opened.documentElement.dataset['theme'] = 'dark';
  opened.title = page.title;
  for (const sheet of page.querySelectorAll('link[rel="stylesheet"], style')) opened.head.append(sheet.cloneNode(true));
}
