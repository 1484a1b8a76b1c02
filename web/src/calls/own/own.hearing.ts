import type { MediaTransport, Participant } from '../transport/media.transport.ts';
import type { SessionDeps } from './sessionDeps.ts';

/** As loud as each of the others is to be heard, on this way; whom I have blocked not at all, from that moment. */
export function playEach(
  transport: Pick<MediaTransport, 'setVolume' | 'setScreenVolume'>,
  people: readonly Pick<Participant, 'identity' | 'userId' | 'isMe'>[],
  { volumeOf, isBlocked }: Pick<SessionDeps, 'volumeOf' | 'isBlocked'>,
): void {
  for (const { identity, userId, isMe } of people) {
    if (isMe) continue;
    if (isBlocked(userId)) transport.setScreenVolume(identity, 0);
    transport.setVolume(identity, isBlocked(userId) ? 0 : volumeOf(userId));
  }
}
