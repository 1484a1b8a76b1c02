import { PEER_MESSAGE_MAX, type PeerMessage } from '@dialog/shared/calls.peers';
import { expect, test } from 'vitest';
import { encodePeerMessage, readPeerMessage } from './peerMessages.ts';

test.each<PeerMessage>([
  { kind: 'state', state: { hand: 1_700_000_000_000, isOnHold: false, isLinkPoor: false, share: null } },
  { kind: 'emoji', emoji: '👏🏽' },
  { kind: 'pointer', screenOf: 'user:device', at: { x: 0.5, y: 1 } },
  { kind: 'pointer', screenOf: 'user:device', at: null },
])('$kind is read as it was told', (message) => {
  expect(readPeerMessage(encodePeerMessage(message))).toEqual(message);
});

test.each([
  ['no JSON', '{'],
  ['a kind nobody knows', '{"kind":"dance"}'],
  ['a word in place of an emoji', '{"kind":"emoji","emoji":"hello"}'],
  ['a pointer outside of the picture', '{"kind":"pointer","screenOf":"a","at":{"x":2,"y":0}}'],
  [
    'what is longer than anything one has to say',
    JSON.stringify({ kind: 'emoji', emoji: '👏', more: 'x'.repeat(PEER_MESSAGE_MAX) }),
  ],
])('%s is passed over', (_what, text) => {
  expect(readPeerMessage(new TextEncoder().encode(text))).toBeNull();
});
