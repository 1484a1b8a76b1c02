import type { DeviceId, UserId } from '@dialog/shared/contract/values';
import { identityOf } from '../identity.ts';
import type { Outgoing, Present } from '../media.transport.ts';
import { handleOfTrack } from '../trackHandle.ts';
import type { DirectLink } from './direct.link.ts';
import type { createSpeaking } from './speaking.ts';

interface Deps {
  readonly names: { of(userId: UserId): string };
  readonly speaking: Pick<ReturnType<typeof createSpeaking>, 'isSpeaking' | 'spokeAt'>;
}

interface Device {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

/** The two in a direct call, as everyone in a call is described. */
export function createDescribing({ names, speaking }: Deps) {
  function common({ userId, deviceId }: Device, identity: string) {
    return {
      ...{ identity, userId, deviceId, isMe: false, isPoor: false },
      name: names.of(userId),
      isSpeaking: speaking.isSpeaking(identity),
      spokeAt: speaking.spokeAt(identity),
    };
  }

  return {
    me(device: Device & { readonly identity: string }, outgoing: Outgoing | undefined): Present {
      return {
        ...common(device, device.identity),
        isMe: true,
        isLost: false,
        isMuted: !outgoing?.microphone || outgoing.isMuted,
        camera: outgoing?.camera ? handleOfTrack(outgoing.camera) : null,
        screen: outgoing?.screen ? handleOfTrack(outgoing.screen.video) : null,
        hasScreenSound: Boolean(outgoing?.screen?.sound),
      };
    },
    other(device: Device, link: DirectLink): Present {
      const [camera, screen] = [link.trackOf('camera'), link.trackOf('screen')];
      return {
        ...common(device, identityOf(device)),
        isLost: link.isLost(),
        isMuted: link.trackOf('microphone') === null,
        camera: camera && handleOfTrack(camera),
        screen: screen && handleOfTrack(screen),
        hasScreenSound: link.trackOf('screenSound') !== null,
      };
    },
  };
}
