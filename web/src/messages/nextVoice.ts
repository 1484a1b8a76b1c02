import type { Message } from '@dialog/shared/messages';
import type { Track } from '../attachments/player.ts';

/** The voice note that its sender sent after this one, among the messages held. */
export function nextVoice(track: Track, messages: readonly Message[]): Track | undefined {
  if (track.attachment.kind !== 'voice' || track.position === null) return undefined;
  for (const { chatId, senderId, position, content } of messages) {
    if (senderId !== track.senderId || position <= track.position || content.kind !== 'text') continue;
    const attachment = content.attachments?.find(({ kind }) => kind === 'voice');
    if (attachment) return { attachment, chatId, senderId, position };
  }
  return undefined;
}
