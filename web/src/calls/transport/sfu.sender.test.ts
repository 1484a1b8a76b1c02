import type { Room } from 'livekit-client';
import { expect, test } from 'vitest';
import type { Outgoing } from './media.transport.ts';
import { createSender } from './sfu.sender.ts';

type LiveKit = typeof import('./livekit.ts');

interface Heard {
  id: string;
  enabled: boolean;
  readyState: MediaStreamTrackState;
}

function aTrack(id: string): MediaStreamTrack & Heard {
  return { id, enabled: true, readyState: 'live' } as MediaStreamTrack;
}

/** A room as livekit-client has it, whose publishing of a camera the test holds up. */
function aRoom() {
  const did: string[] = [];
  let letPublish = (): void => {};
  const mayPublish = new Promise<void>((resolve) => (letPublish = resolve));

  class LocalTrack {
    isMuted = false;
    mediaStreamTrack: MediaStreamTrack;
    constructor(track: MediaStreamTrack) {
      this.mediaStreamTrack = track;
    }
    async mute(): Promise<void> {
      await Promise.resolve();
      this.isMuted = true;
      this.mediaStreamTrack.enabled = false;
      did.push(`mute ${this.mediaStreamTrack.id}`);
    }
    async unmute(): Promise<void> {
      await Promise.resolve();
      this.isMuted = false;
      this.mediaStreamTrack.enabled = true;
      did.push(`unmute ${this.mediaStreamTrack.id}`);
    }
    async replaceTrack(track: MediaStreamTrack): Promise<void> {
      await Promise.resolve();
      this.mediaStreamTrack = track;
      track.enabled = !this.isMuted;
      did.push(`replace by ${track.id}, ${track.enabled ? 'heard' : 'silent'}`);
      await Promise.resolve();
    }
  }
  const livekit = {
    LocalAudioTrack: LocalTrack,
    LocalVideoTrack: LocalTrack,
    Track: { Source: { Microphone: 'microphone', Camera: 'camera' } },
    ParticipantEvent: { LocalSenderCreated: 'localSenderCreated' },
  };
  const room = {
    localParticipant: {
      on() {},
      async publishTrack({ mediaStreamTrack: { id }, isMuted }: LocalTrack, { source }: { source: string }) {
        if (source === 'camera') await mayPublish;
        did.push(`publish ${id}${isMuted ? ', muted' : ''}`);
      },
      async unpublishTrack({ id }: MediaStreamTrack) {
        did.push(`unpublish ${id}`);
      },
    },
  };
  const sender = createSender(livekit as unknown as LiveKit, room as unknown as Room);
  return { sender, did, letPublish };
}

const SPEAKING: Outgoing = { microphone: aTrack('voice'), isMuted: false, camera: null, screen: null };

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

test('a mute reaches the media server at once, also while a camera is only just being sent', async () => {
  const { sender, did, letPublish } = aRoom();
  sender.want(SPEAKING);
  sender.begin(() => {});
  await settled();
  sender.want({ ...SPEAKING, camera: aTrack('face') });
  await settled();
  sender.want({ ...SPEAKING, camera: aTrack('face'), isMuted: true });
  await settled();
  expect(did).toEqual(['publish voice', 'mute voice']);
  letPublish();
  await settled();
  expect(did.at(-1)).toBe('replace by face, heard');
});

test('another microphone in place of a muted one is never heard, not for a moment', async () => {
  const { sender, did } = aRoom();
  sender.want(SPEAKING);
  sender.begin(() => {});
  await settled();
  // As when an effect starts in the very moment of the mute.
  sender.want({ ...SPEAKING, isMuted: true, microphone: aTrack('quieted voice') });
  await settled();
  expect(did).toEqual(['publish voice', 'mute voice', 'replace by quieted voice, silent']);
});

test('who comes in muted is muted before anything is sent', async () => {
  const { sender, did } = aRoom();
  sender.want({ ...SPEAKING, isMuted: true });
  sender.begin(() => {});
  await settled();
  expect(did).toEqual(['mute voice', 'publish voice, muted']);
});

test('on hold nothing is sent of a microphone and a camera that run on for another call', async () => {
  const { sender, did, letPublish } = aRoom();
  letPublish();
  sender.want({ ...SPEAKING, camera: aTrack('face') });
  sender.begin(() => {});
  await settled();
  sender.want({ microphone: null, isMuted: true, camera: null, screen: null });
  await settled();
  expect(did.slice(2)).toEqual(['unpublish voice', 'unpublish face']);
});

test('a camera that is off is muted and not taken away: on again it takes its old place', async () => {
  const { sender, did, letPublish } = aRoom();
  letPublish();
  const face = aTrack('face');
  sender.want({ ...SPEAKING, camera: face });
  sender.begin(() => {});
  await settled();
  face.readyState = 'ended';
  sender.want(SPEAKING);
  await settled();
  sender.want({ ...SPEAKING, camera: aTrack('face again') });
  await settled();
  expect(did.slice(2)).toEqual(['mute face', 'replace by face again, silent', 'unmute face again']);
});
