import type { PeerState } from '@dialog/shared/calls.peers';
import { expect, test } from 'vitest';
import { createOwnShare } from './own.share.ts';
import type { PickedScreen } from './pickScreen.ts';
import { FIRST_WISH, type Share, type ShareWish } from './share.ts';

test('a share begins with what was picked, and the others hear that they may point', async () => {
  const world = aWorld();
  await world.start();
  expect(world.share()).toMatchObject({ status: 'on', mode: 'text', sound: 'on', isPaused: false });
  expect(world.sent()).toMatchObject({ video: world.picked(0).video, sound: world.picked(0).sound, mode: 'text' });
  expect(world.told).toEqual([{ isPaused: false, takesPointers: true }]);
});

test('whoever closes the picker has changed their mind; anything else is said', async () => {
  const world = aWorld();
  world.refuse('NotAllowedError');
  await world.start();
  expect(world.share()).toEqual({ status: 'off', hasFailed: false });
  world.refuse('NotReadableError');
  await world.start();
  expect(world.share()).toEqual({ status: 'off', hasFailed: true });
});

test('another source takes the place of the first; a picker that is closed leaves it as it was', async () => {
  const world = aWorld();
  await world.start();
  world.refuse('NotAllowedError');
  await world.act({ act: 'switch' });
  expect(world.share()).toMatchObject({ status: 'on', isSwitching: false });
  expect(world.sent()?.video).toBe(world.picked(0).video);
  world.refuse(null);
  await world.act({ act: 'switch' });
  expect(world.sent()?.video).toBe(world.picked(1).video);
  expect(world.picked(0).video.readyState).toBe('ended');
});

test('while it is paused a still goes out and no sound; nothing of the screen until it goes on', async () => {
  const world = aWorld();
  await world.start();
  await world.act({ act: 'pause', isPaused: true });
  expect(world.sent()).toMatchObject({ video: world.stills[0], sound: null });
  expect(world.told.at(-1)).toEqual({ isPaused: true, takesPointers: true });
  await world.act({ act: 'pause', isPaused: false });
  expect(world.sent()).toMatchObject({ video: world.picked(0).video, sound: world.picked(0).sound });
  expect(world.stills[0]?.readyState).toBe('ended');
});

test('a still that cannot be had ends the share: whoever pauses wants nothing more to be seen', async () => {
  const world = aWorld({ hasStills: false });
  await world.start();
  await world.act({ act: 'pause', isPaused: true });
  expect(world.sent()).toBeNull();
  expect(world.picked(0).video.readyState).toBe('ended');
});

test('sound is left out and taken in again; where there is none, the screen is picked anew with it', async () => {
  const world = aWorld();
  await world.start();
  await world.act({ act: 'sound', isOn: false });
  expect(world.sent()?.sound).toBeNull();
  await world.act({ act: 'sound', isOn: true });
  expect(world.sent()?.sound).toBe(world.picked(0).sound);
  await world.act({ act: 'stop' });
  await world.start({ ...FIRST_WISH, hasSound: false });
  expect(world.share()).toMatchObject({ sound: 'none' });
  await world.act({ act: 'sound', isOn: true });
  expect(world.share()).toMatchObject({ sound: 'on' });
});

test('how it is seen changes while it goes on', async () => {
  const world = aWorld();
  await world.start();
  await world.act({ act: 'look', mode: 'motion', frameRate: 60 });
  expect(world.sent()).toMatchObject({ video: world.picked(0).video, mode: 'motion', frameRate: 60 });
});

test('the browser has a button of its own to stop, and a window that is shared can be closed', async () => {
  const world = aWorld();
  await world.start();
  world.picked(0).video.dispatchEvent(new Event('ended'));
  expect(world.share()).toEqual({ status: 'off', hasFailed: false, hasEnded: true });
  expect(world.told.at(-1)).toBeNull();
});

test('what is picked after the call is over is let go', async () => {
  const world = aWorld();
  const starting = world.start();
  world.leave();
  await starting;
  expect(world.sent()).toBeNull();
  expect(world.picked(0).video.readyState).toBe('ended');
  expect(world.picked(0).sound?.readyState).toBe('ended');
});

function aWorld({ hasStills = true } = {}) {
  let state: Share = { status: 'off', hasFailed: false };
  let refusal: string | null = null;
  let isInCall = true;
  const told: PeerState['share'][] = [];
  const picks: PickedScreen[] = [];
  const stills: MediaStreamTrack[] = [];
  const pick = async (wish: ShareWish): Promise<PickedScreen> => {
    await Promise.resolve();
    if (refusal !== null) throw Object.assign(new Error(refusal), { name: refusal });
    const picked = { video: aTrack(), sound: wish.hasSound ? aTrack() : null, surface: wish.surface };
    picks.push(picked);
    return picked;
  };
  const share = createOwnShare({
    pick: Object.assign(pick, { aim: () => Promise.resolve() }),
    async hold() {
      if (!hasStills) throw new Error('no frame yet');
      const track = aTrack();
      stills.push(track);
      return { track, stop: () => track.stop() };
    },
    isInCall: () => isInCall,
    changed: (next) => (state = next),
    tell: (next) => told.push(next),
  });

  async function act(what: Parameters<typeof share.do>[0]): Promise<void> {
    share.do(what);
    await new Promise((resolve) => setTimeout(resolve));
  }

  return {
    told,
    stills,
    act,
    start: (wish: ShareWish = FIRST_WISH) => act({ act: 'start', wish }),
    share: () => state,
    sent: share.tracks,
    refuse: (name: string | null) => (refusal = name),
    leave: () => (isInCall = false),
    picked(index: number): PickedScreen {
      const picked = picks[index];
      if (!picked) throw new Error(`nothing was picked ${index + 1} times`);
      return picked;
    },
  };
}

function aTrack(): MediaStreamTrack {
  const track = Object.assign(new EventTarget(), { readyState: 'live', stop: () => (track.readyState = 'ended') });
  return track as unknown as MediaStreamTrack;
}
