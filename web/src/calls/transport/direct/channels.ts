import { DirectMessage } from '@dialog/shared/calls.direct';
import type { PeerMessage } from '@dialog/shared/calls.peers';
import { encodePeerMessage, mayBeLost, readPeerMessage } from '../peerMessages.ts';

interface Deps {
  readonly opened: () => void;
  readonly closed: () => void;
  /** Anything at all came. */
  readonly heard: () => void;
  readonly told: (message: PeerMessage) => void;
  readonly directTold: (message: DirectMessage) => void;
}

/** The two data channels of a direct call, both known to either side from the start: in order, and as it may get lost. */
export function openChannels(connection: RTCPeerConnection, deps: Deps) {
  const inOrder = connection.createDataChannel('ordered', { negotiated: true, id: 0 });
  const mayLose = connection.createDataChannel('lossy', { negotiated: true, id: 1, ordered: false, maxRetransmits: 0 });

  for (const channel of [inOrder, mayLose]) {
    channel.binaryType = 'arraybuffer';
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      deps.heard();
      if (typeof data === 'string') takeDirect(data);
      else if (data instanceof ArrayBuffer) takePeer(new Uint8Array(data));
    });
  }
  inOrder.addEventListener('open', deps.opened);
  inOrder.addEventListener('close', deps.closed);

  function takePeer(data: Uint8Array): void {
    const message = readPeerMessage(data);
    if (message) deps.told(message);
  }

  function takeDirect(text: string): void {
    try {
      const read = DirectMessage.safeParse(JSON.parse(text));
      if (read.success) deps.directTold(read.data);
    } catch {
      // No JSON: another device should not have sent it.
    }
  }

  /** What cannot be sent now is lost. */
  function send(channel: RTCDataChannel, data: string | Uint8Array<ArrayBuffer>): void {
    if (channel.readyState !== 'open') return;
    if (typeof data === 'string') channel.send(data);
    else channel.send(data);
  }

  return {
    tell: (message: PeerMessage) => send(mayBeLost(message) ? mayLose : inOrder, encodePeerMessage(message)),
    tellDirect: (message: DirectMessage) => send(message.kind === 'beat' ? mayLose : inOrder, JSON.stringify(message)),
  };
}
