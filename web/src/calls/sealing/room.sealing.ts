import type { KeyInfo, RemoteParticipant, Room, RoomOptions } from 'livekit-client';
import workerUrl from 'livekit-client/e2ee-worker?worker&url';
import type { SealingMessage } from '@dialog/shared/calls.peers';
import type { CallId } from '@dialog/shared/contract/values';
import { systemClock } from '../../platform/clock.ts';
import { trustedScript } from '../../platform/trustedScripts.ts';
import { createKeyExchange, type Sealing } from './keyExchange.ts';
import { createKeyPair, type KeyPair } from './keys.ts';

type LiveKit = typeof import('../transport/livekit.ts');

/** The frames name the key they are sealed with by its place in a ring. */
const RING = 16;

interface Deps {
  readonly callId: CallId;
  readonly me: string;
  readonly tell: (message: SealingMessage, to: string) => void;
  readonly changed: (sealing: Sealing) => void;
}

let kept: { readonly callId: CallId; readonly pair: Promise<KeyPair> } | null = null;

/** Of this page for this call, also when it comes back into it. */
function keyPairFor(callId: CallId): Promise<KeyPair> {
  if (kept?.callId !== callId) kept = { callId, pair: createKeyPair() };
  return kept.pair;
}

export type RoomSealing = ReturnType<typeof createRoomSealing>;

/** LiveKit's sealing of frames, with keys that the members give each other (keyExchange.ts). It runs in a worker. */
export function createRoomSealing(livekit: LiveKit, { callId, me, tell, changed }: Deps) {
  class Keys extends livekit.BaseKeyProvider {
    readonly #newest = new Map<string, KeyInfo>();
    constructor() {
      // A wrong key stays wrong: there is nothing to ratchet, and a right one comes by itself.
      super({ sharedKey: false, ratchetWindowSize: 0, failureTolerance: -1, keyringSize: RING, keySize: 256 });
    }
    set(identity: string, material: CryptoKey, index: number): void {
      this.#newest.set(identity, { key: material, participantIdentity: identity, keyIndex: index % RING });
      this.onSetEncryptionKey(material, identity, index % RING);
    }
    /** After a reconnect each one's newest, and no old one of mine again. */
    override getKeys(): KeyInfo[] {
      return [...this.#newest.values()];
    }
  }
  const keys = new Keys();
  const worker = new Worker(trustedScript(workerUrl), { type: 'module' });
  const exchange = keyPairFor(callId).then((mine) =>
    createKeyExchange({
      me,
      mine,
      tell,
      changed,
      clock: systemClock,
      apply(identity, key, index) {
        void livekit.createKeyMaterialFromBuffer(key.buffer).then((material) => keys.set(identity, material, index));
      },
    }),
  );

  return {
    /** For the room that is to be sealed. */
    options: { e2ee: { keyProvider: keys, worker } } satisfies RoomOptions,
    /** Before it connects: not one frame goes unsealed. */
    async begin(room: Room): Promise<void> {
      const { RoomEvent } = livekit;
      const { meet, again } = await exchange;
      const look = (): void =>
        meet([...room.remoteParticipants.values()].map(({ identity }: RemoteParticipant) => identity));
      for (const event of [
        RoomEvent.Connected,
        RoomEvent.ParticipantConnected,
        RoomEvent.ParticipantDisconnected,
      ] as const)
        room.on(event, look);
      room.on(RoomEvent.Reconnected, () => {
        again();
        look();
      });
      await room.setE2EEEnabled(true);
    },
    take: (said: { readonly identity: string; readonly message: SealingMessage }) =>
      void exchange.then(({ take }) => take(said)),
    end(): void {
      void exchange.then(({ end }) => end());
      worker.terminate();
    },
  };
}
