import type { Attachment } from '@dialog/shared/attachments';
import type { AttachmentId } from '@dialog/shared/contract/values';
import type { Recording } from './recorder.ts';

/** A recording as the attachment that it will be. Its name is for who downloads it. */
export function voiceFile(id: AttachmentId, { blob, durationMs, waveform }: Recording, at: Date): Attachment {
  const mime = blob.type.split(';')[0] ?? '';
  const ending = mime.endsWith('mp4') ? 'm4a' : mime.endsWith('ogg') ? 'ogg' : 'webm';
  const moment = at.toISOString().slice(0, 19).replaceAll(':', '-');
  return {
    id,
    kind: 'voice',
    name: `voice-${moment}.${ending}`,
    size: blob.size,
    mime,
    durationMs,
    waveform: [...waveform],
  };
}
