import { afterEach, expect, test, vi } from 'vitest';
import { copyText, putOnClipboard } from './copyText.ts';
import { toastStore } from './toast.ts';

afterEach(() => vi.unstubAllGlobals());

const said = () => toastStore.getState().toasts.map(({ kind, text }) => [kind, text]);

test('where a page has no clipboard, as over plain HTTP, it says that nothing was copied', async () => {
  vi.stubGlobal('navigator', {});
  copyText('ada', 'Copied', 'Not copied');
  await vi.waitFor(() => expect(said()).toEqual([['danger', 'Not copied']]));
});

test('who says it in its own way is told as well, and nothing is thrown at a press', async () => {
  vi.stubGlobal('navigator', {});
  await expect(putOnClipboard('ada')).rejects.toBeInstanceOf(TypeError);
});

test('what was copied is said', async () => {
  const written: string[] = [];
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void written.push(text) } });
  copyText('ada', 'Copied', 'Not copied');
  await vi.waitFor(() => expect(said()).toContainEqual(['success', 'Copied']));
  expect(written).toEqual(['ada']);
});
