import type { MediaTransport, Participant } from '../transport/media.transport.ts';
import type { SessionDeps } from './sessionDeps.ts';

/** As loud as each of the others is to be heard, on this way; whom I have blocked not at all, nor do they hear me. */
export function playEach(
  transport: Pick<MediaTransport, 'setVolume' | 'setScreenVolume' | 'hideFrom'>,
  people: readonly Pick<Participant, 'identity' | 'userId' | 'isMe'>[],
  { volumeOf, isBlocked }: Pick<SessionDeps, 'volumeOf' | 'isBlocked'>,
): void {
  const others = people.filter(({ isMe }) => !isMe);
  const blocked = others.filter(({ userId }) => isBlocked(userId)).map(({ identity }) => identity);
  for (const { identity, userId } of others)
    transport.setVolume(identity, blocked.includes(identity) ? 0 : volumeOf(userId));
  for (const identity of blocked) transport.setScreenVolume(identity, 0);
  transport.hideFrom?.(blocked);
}
