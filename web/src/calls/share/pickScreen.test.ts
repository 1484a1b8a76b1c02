import { expect, test } from 'vitest';
import { createPickScreen } from './pickScreen.ts';
import type { ShareWish } from './share.ts';

const WISH: ShareWish = { surface: 'monitor', mode: 'text', frameRate: 30, hasSound: true };

/** What the browser was asked for, and what of the track. */
async function ask(wish: Partial<ShareWish>, supported: object = { restrictOwnAudio: true }) {
  const asked: Record<string, unknown>[] = [];
  const constrained: unknown[] = [];
  const video = {
    contentHint: '',
    getSettings: () => ({ displaySurface: 'window' }),
    applyConstraints: (constraints: unknown) => Promise.resolve(void constrained.push(constraints)),
  };
  const pick = createPickScreen({
    getSupportedConstraints: () => supported,
    getDisplayMedia(options: Record<string, unknown>) {
      asked.push(options);
      return Promise.resolve({ getVideoTracks: () => [video], getAudioTracks: () => [] });
    },
  } as unknown as MediaDevices);
  const picked = await pick({ ...WISH, ...wish });
  return { options: asked[0], picked, constrained, hint: video.contentHint };
}

test('nobody hears themselves: this tab is not offered, and the voices of the call are left out of the sound', async () => {
  const { options } = await ask({});
  expect(options).toMatchObject({
    selfBrowserSurface: 'exclude',
    systemAudio: 'include',
    audio: { restrictOwnAudio: true, echoCancellation: false },
  });
});

test('where a browser cannot leave those voices out, the sound of the whole system does not go along', async () => {
  const { options } = await ask({}, {});
  expect(options?.['systemAudio']).toBe('exclude');
});

test('who wants no sound shares none', async () => {
  const { options, picked } = await ask({ hasSound: false });
  expect(options).toMatchObject({ audio: false, systemAudio: 'exclude', windowAudio: 'exclude' });
  expect(picked).toMatchObject({ sound: null, surface: 'window' });
});

test('a text is readied for letters and goes on giving frames while it stands still', async () => {
  const { hint, constrained } = await ask({ mode: 'text' });
  expect(hint).toBe('text');
  expect(constrained).toEqual([{ frameRate: { min: 5, max: 15 } }]);
  const film = await ask({ mode: 'motion', frameRate: 60 });
  expect([film.hint, film.constrained]).toEqual(['motion', [{ frameRate: { max: 60 } }]]);
});

test('without TLS the browser has no such thing, and that is what is said', async () => {
  await expect(createPickScreen(undefined)(WISH)).rejects.toMatchObject({ name: 'InsecureContextError' });
});
