import { expect, test } from 'vitest';
import { createPictureWindow } from './pictureWindow.ts';

/** A browser that opens windows and shows videos above others when the test lets it. */
function aPage({ hasWindows }: { readonly hasWindows: boolean }) {
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
    pictureInPictureEnabled: true,
    pictureInPictureElement: null as object | null,
    async exitPictureInPicture() {
      document.pictureInPictureElement = null;
      element.dispatchEvent(new Event('leavepictureinpicture'));
    },
    documentElement: { lang: 'en', dir: 'ltr' },
    title: 'Dialog',
    querySelectorAll: () => [],
    createElement: () => element,
  };
  const windows = { requestWindow: () => new Promise<Window>((resolve) => asked.push({ open: resolve })) };
  const picture = createPictureWindow({
    page: { document, ...(hasWindows && { documentPictureInPicture: windows }) } as unknown as Window,
    video: () => ({ id: 'v', attach: () => void shown.push('on'), detach: () => void shown.push('off') }),
  });
  return { picture, asked, shown, gate, document };
}

function aWindow() {
  let isClosed = false;
  const window = Object.assign(new EventTarget(), {
    document: { documentElement: { dataset: {} }, head: { append() {} } },
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
