import { expect, test } from 'vitest';
import { createPictureWindow } from './pictureWindow.ts';

interface Browser {
  readonly hasWindows?: boolean;
  readonly hasVideo?: boolean;
  /** What comes of a window that is to stand beside others; null: it is blocked. */
  readonly beside?: Window | null;
}

/** A browser that opens windows and shows videos above others when the test lets it. */
function aPage({ hasWindows = false, hasVideo = true, beside = null }: Browser) {
  const asked: { readonly open: (opened: Window) => void }[] = [];
  const shown: string[] = [];
  const gate = Promise.withResolvers<void>();
  const element = Object.assign(new EventTarget(), {
    play: () => Promise.resolve(),
    async requestPictureInPicture() {
      await gate.promise;
      document.pictureInPictureElement = element;
    },
  });
  const document = {
    pictureInPictureEnabled: hasVideo,
    pictureInPictureElement: null as object | null,
    async exitPictureInPicture() {
      document.pictureInPictureElement = null;
      element.dispatchEvent(new Event('leavepictureinpicture'));
    },
    createElement: () => element,
  };
  const windows = { requestWindow: () => new Promise<Window>((resolve) => asked.push({ open: resolve })) };
  const dressed: Document[] = [];
  const page = Object.assign(new EventTarget(), {
    document,
    open: () => beside,
    ...(hasWindows && { documentPictureInPicture: windows }),
  });
  const picture = createPictureWindow({
    page: page as unknown as Window,
    isOnDesk: true,
    dress(opened) {
      dressed.push(opened);
      return () => void dressed.splice(dressed.indexOf(opened), 1);
    },
    video: () => ({ id: 'v', attach: () => void shown.push('on'), detach: () => void shown.push('off') }),
  });
  return { picture, page, asked, dressed, shown, gate, document };
}

function aWindow() {
  let isClosed = false;
  const window = Object.assign(new EventTarget(), {
    document: {},
    close() {
      isClosed = true;
      window.dispatchEvent(new Event('pagehide'));
    },
  });
  return { window: window as unknown as Window, isClosed: () => isClosed };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

test('a window that comes only after the call ended does not stay, empty, above all others', async () => {
  const { picture, asked } = aPage({ hasWindows: true });
  const [first, late] = [aWindow(), aWindow()];
  picture.open('small');
  asked[0]?.open(first.window);
  await settled();
  expect(picture.store.getState().window).toBe(first.window);
  picture.close();
  expect([first.isClosed(), picture.store.getState().window]).toEqual([true, null]);
  picture.open('small');
  picture.close();
  asked[1]?.open(late.window);
  await settled();
  expect([late.isClosed(), picture.store.getState().window]).toEqual([true, null]);
});

test('a video above others is let go of with its window, and also where the browser refuses one', async () => {
  const { picture, shown, gate, document } = aPage({ hasWindows: false });
  picture.open('small');
  picture.close();
  gate.resolve();
  await settled();
  expect([shown, document.pictureInPictureElement]).toEqual([['on', 'off'], null]);
  const refusing = aPage({ hasWindows: false });
  refusing.picture.open('small');
  refusing.gate.reject(new Error('no press'));
  await settled();
  expect(refusing.shown).toEqual(['on', 'off']);
});

test('where nothing stays above all others, the call has a window beside them, which ends with its page', async () => {
  const beside = aWindow();
  const { picture, page, dressed } = aPage({ hasVideo: false, beside: beside.window });
  expect([picture.above, picture.hasOwn]).toEqual(['nothing', true]);
  picture.toggle();
  expect([picture.store.getState().window, dressed]).toEqual([beside.window, [beside.window.document]]);
  page.dispatchEvent(new Event('pagehide'));
  expect([beside.isClosed(), picture.store.getState().window, dressed]).toEqual([true, null, []]);

  const blocking = aPage({ hasVideo: false, beside: null });
  blocking.picture.toggle();
  expect([blocking.picture.store.getState().window, blocking.dressed]).toEqual([null, []]);
});

test('where one video alone stays above all others, everyone has a window beside them', async () => {
  const beside = aWindow();
  const { picture, shown } = aPage({ beside: beside.window });
  picture.open('large');
  expect([picture.above, picture.store.getState().window, shown]).toEqual(['video', beside.window, []]);
});
