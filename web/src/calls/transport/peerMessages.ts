import { PEER_MESSAGE_MAX, PeerMessage } from '@dialog/shared/calls.peers';

/** A pointer that is late is worth nothing; all else has to arrive. */
export function mayBeLost({ kind }: PeerMessage): boolean {
  return kind === 'pointer';
}

export function encodePeerMessage(message: PeerMessage): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(message));
}

/** Null for what another device should not have sent. */
export function readPeerMessage(data: Uint8Array): PeerMessage | null {
  if (data.length > PEER_MESSAGE_MAX) return null;
  try {
    const read = PeerMessage.safeParse(JSON.parse(new TextDecoder().decode(data)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
