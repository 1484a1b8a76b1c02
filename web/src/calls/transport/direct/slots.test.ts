import { expect, test } from 'vitest';
import type { Outgoing } from '../media.transport.ts';
import { tracksOf } from './slots.ts';

const track = (id: string): MediaStreamTrack => ({ id }) as MediaStreamTrack;
const [voice, face, screen, sound] = [track('voice'), track('face'), track('screen'), track('sound')];
const all: Outgoing = {
  microphone: voice,
  isMuted: false,
  camera: face,
  screen: { video: screen, sound, mode: 'text', frameRate: 30 },
};

test('straight to the other device goes what is wanted, and of a muted microphone nothing at all', () => {
  expect(tracksOf(all, 'full')).toEqual({ microphone: voice, camera: face, screen, screenSound: sound });
  expect(tracksOf({ ...all, isMuted: true }, 'full')).toEqual({
    microphone: null,
    camera: face,
    screen,
    screenSound: sound,
  });
  expect(tracksOf({ ...all, camera: null, screen: null }, 'full')).toMatchObject({
    camera: null,
    screen: null,
    screenSound: null,
  });
});

test('where there is no room for pictures the camera waits; voice and screen go on', () => {
  expect(tracksOf(all, 'none')).toEqual({
    microphone: voice,
    camera: null,
    screen,
    screenSound: sound,
  });
});
