import { DeviceId, UserId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import type { Participant, VideoHandle } from './transport/media.transport.ts';

/** Someone in a call, for tests. */
export function aParticipant(name: string, more: Partial<Participant> = {}): Participant {
  const userId = UserId.parse(uuidv7());
  const deviceId = DeviceId.parse(uuidv7());
  return {
    identity: `${userId}:${deviceId}`,
    userId,
    deviceId,
    name,
    isMe: false,
    isMuted: false,
    isSpeaking: false,
    isPoor: false,
    hand: null,
    isOnHold: false,
    isLost: false,
    spokeAt: 0,
    camera: null,
    screen: null,
    hasScreenSound: false,
    share: null,
    isBlocked: false,
    ...more,
  };
}

export function aVideo(id: string): VideoHandle {
  return { id, attach: () => {}, detach: () => {} };
}
