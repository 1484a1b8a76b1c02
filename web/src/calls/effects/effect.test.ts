import { expect, test } from 'vitest';
import { createEffectSlot, type Effect, type WantedEffect } from './effect.ts';

function aTrack(id: string): MediaStreamTrack {
  return { id } as MediaStreamTrack;
}

/** An effect whose start and end the test decides. */
function anEffect(key: string) {
  const begun: { readonly raw: MediaStreamTrack; finish(): void; fail(): void; lose(): void; isStopped: boolean }[] =
    [];
  const wanted: WantedEffect = {
    key,
    start: (raw, lose) =>
      new Promise<Effect>((resolve, reject) => {
        const one = {
          raw,
          isStopped: false,
          lose,
          finish: () => resolve({ track: aTrack(`${key} of ${raw.id}`), stop: () => (one.isStopped = true) }),
          fail: () => reject(new Error('no')),
        };
        begun.push(one);
      }),
  };
  return { wanted, begun, last: () => begun.at(-1)! };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('an effect gives something only once it runs, and ends with its device', async () => {
  const slot = createEffectSlot(() => {});
  const blur = anEffect('blur');
  const camera = aTrack('camera');
  slot.use(camera, blur.wanted);
  expect([slot.status(), slot.track()]).toEqual(['starting', null]);
  blur.last().finish();
  await settled();
  expect([slot.status(), slot.track()?.id]).toEqual(['on', 'blur of camera']);
  slot.use(camera, blur.wanted);
  expect(blur.begun).toHaveLength(1);
  slot.use(null, blur.wanted);
  expect([slot.status(), slot.track()]).toEqual(['off', null]);
  expect(blur.last().isStopped).toBe(true);
});

test('another effect takes over when it gives something, not before', async () => {
  const slot = createEffectSlot(() => {});
  const [blur, calm] = [anEffect('blur'), anEffect('calm')];
  const camera = aTrack('camera');
  slot.use(camera, blur.wanted);
  blur.last().finish();
  await settled();
  slot.use(camera, calm.wanted);
  expect(slot.track()?.id).toBe('blur of camera');
  calm.last().finish();
  await settled();
  expect(slot.track()?.id).toBe('calm of camera');
  expect(blur.last().isStopped).toBe(true);
});

test('another device shows nothing of the one before', async () => {
  const slot = createEffectSlot(() => {});
  const blur = anEffect('blur');
  slot.use(aTrack('front'), blur.wanted);
  blur.last().finish();
  await settled();
  slot.use(aTrack('back'), blur.wanted);
  expect(slot.track()).toBeNull();
});

test('what starts too late for a wish that has changed is stopped unseen', async () => {
  const slot = createEffectSlot(() => {});
  const blur = anEffect('blur');
  slot.use(aTrack('camera'), blur.wanted);
  slot.use(aTrack('camera'), null);
  blur.last().finish();
  await settled();
  expect([slot.status(), slot.track(), blur.last().isStopped]).toEqual(['off', null, true]);
});

test('an effect that fails, or is lost on the way, says so and is tried again only when asked', async () => {
  const slot = createEffectSlot(() => {});
  const blur = anEffect('blur');
  const camera = aTrack('camera');
  slot.use(camera, blur.wanted);
  blur.last().fail();
  await settled();
  expect(slot.status()).toBe('failed');
  slot.use(camera, blur.wanted);
  expect(blur.begun).toHaveLength(1);
  slot.forget();
  slot.use(camera, blur.wanted);
  blur.last().finish();
  await settled();
  blur.last().lose();
  expect([slot.status(), slot.track()]).toEqual(['failed', null]);
});
