import { expect, test } from 'vitest';
import { ApiError } from '../../platform/api.ts';
import type { PickedScreen } from '../share/pickScreen.ts';
import { FIRST_WISH } from '../share/share.ts';
import { callId, inside, otherCallId, otherChatId } from '../../testing/ownCallWorld.ts';

type World = Awaited<ReturnType<typeof inside>>;

const at = (minute: number): string => `2026-01-01T10:0${minute}:00.000Z`;
const isMuted = (world: World) => world.last().sent?.isMuted;

/** The way breaks off, and the page comes back by another one. */
async function comeBack(world: World): Promise<void> {
  world.last().events.closed('lost');
  await world.clock.advance(0);
}

test('whoever is muted while nobody can tell their page comes back muted, and reads so', async () => {
  const world = await inside();
  world.silences.set('microphone', at(1));
  await comeBack(world);
  expect(world.transports).toHaveLength(2);
  expect(isMuted(world)).toBe(true);
  expect(world.own.store.getState().active?.isSilenced).toBe(true);
});

test('not a word goes out by the new way before the server has said what was missed', async () => {
  const world = await inside();
  world.listing = () => Promise.reject(new ApiError('offline'));
  await comeBack(world);
  await world.clock.advance(3_000);
  expect(world.transports).toHaveLength(1);
  world.silences.set('microphone', at(1));
  world.listing = () => Promise.resolve();
  await world.clock.advance(5_000);
  expect(isMuted(world)).toBe(true);
});

test('whoever unmutes themselves stays unmuted on each later way, until they are muted anew', async () => {
  const world = await inside();
  world.silences.set('microphone', at(1));
  await comeBack(world);
  world.media.want('microphone', true);
  await comeBack(world);
  expect(isMuted(world)).toBe(false);
  world.silences.set('microphone', at(2));
  await comeBack(world);
  expect(isMuted(world)).toBe(true);
});

test('a silence that the page was told is not followed again, whether the media server told it or ours', async () => {
  for (const tell of [
    (world: World) => world.last().events.silenced('microphone'),
    (world: World) => world.tellSilence(callId, 'microphone'),
  ]) {
    const world = await inside();
    world.silences.set('microphone', at(1));
    tell(world);
    await world.clock.advance(0);
    expect(isMuted(world)).toBe(true);
    world.media.want('microphone', true);
    await comeBack(world);
    expect(isMuted(world)).toBe(false);
  }
});

test('a silence that was missed is followed as soon as the page hears of another', async () => {
  const world = await inside();
  world.media.want('camera', true);
  world.silences.set('camera', at(1)).set('microphone', at(2));
  world.tellSilence(callId, 'microphone');
  await world.clock.advance(0);
  expect(world.media.store.getState()).toMatchObject({ camera: { isWanted: false }, microphone: { isWanted: false } });
});

test('whoever unmutes themselves at once is not muted by the answer that comes after', async () => {
  const world = await inside();
  world.silences.set('microphone', at(1));
  world.tellSilence(callId, 'microphone');
  world.media.want('microphone', true);
  await world.clock.advance(0);
  expect(isMuted(world)).toBe(false);
});

test('an answer that was long on its way makes no later silence forgotten, and none followed twice', async () => {
  const world = await inside();
  const { promise, resolve } = Promise.withResolvers<void>();
  world.listing = () => promise;
  world.silences.set('microphone', at(1));
  world.last().events.silenced('microphone');
  world.listing = () => Promise.resolve();
  world.silences.set('microphone', at(2));
  await comeBack(world);
  resolve();
  world.media.want('microphone', true);
  await comeBack(world);
  expect(isMuted(world)).toBe(false);
});

test('what was silenced before this page came in is no matter of it', async () => {
  const world = await inside({ silences: [['microphone', at(1)]] });
  expect(isMuted(world)).toBe(false);
  await comeBack(world);
  expect(isMuted(world)).toBe(false);
});

test('a camera and a shared screen that somebody stopped do not come back by themselves', async () => {
  for (const hears of ['by the socket', 'coming back'] as const) {
    const world = await inside();
    const track = () => Object.assign(new EventTarget(), { stop: () => {} });
    const screen = { video: track(), sound: null, surface: 'monitor' } as unknown as PickedScreen;
    world.picking = () => Promise.resolve(screen);
    world.own.share({ act: 'start', wish: FIRST_WISH });
    await world.clock.advance(0);
    expect(world.last().sent?.screen).not.toBeNull();

    for (const source of ['camera', 'screen'] as const) {
      world.silences.set(source, at(1));
      if (hears === 'by the socket') world.tellSilence(callId, source);
    }
    if (hears === 'coming back') await comeBack(world);
    expect(world.last().sent?.screen).toBeNull();
    expect(world.own.store.getState().active?.share.status).toBe('off');
    expect(world.media.store.getState()).toMatchObject({ camera: { isWanted: false }, microphone: { isWanted: true } });
  }
});

test('what is silenced in a call on hold, or in one that is over, silences nobody in the one they speak in', async () => {
  const world = await inside();
  world.own.openLobby(otherChatId);
  world.own.join({ holding: true });
  await world.clock.advance(0);
  world.tellSilence(callId, 'microphone');
  world.silences.set('microphone', at(1));
  world.transports[0]?.events.closed('lost');
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ active: { callId: otherCallId }, held: { callId } });
  expect(world.media.store.getState().microphone.isWanted).toBe(true);

  world.tellSilence(otherCallId, 'microphone');
  expect(world.media.store.getState().microphone.isWanted).toBe(false);
  world.media.want('microphone', true);
  world.own.leave();
  world.tellSilence(otherCallId, 'microphone');
  expect(world.media.store.getState().microphone.isWanted).toBe(true);
});
