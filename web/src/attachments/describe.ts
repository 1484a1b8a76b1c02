import type { Attachment, AttachmentKind } from '@dialog/shared/attachments';
import type { AttachmentId } from '@dialog/shared/contract/values';

/** What browsers show and the server makes smaller copies of; an SVG is a document with scripts. */
const PICTURE = /^image\/(jpeg|png|gif|webp|avif)$/;

/** What a file will be as an attachment, as far as its name and type say. The server decides by what is in it. */
export function describeFile(id: AttachmentId, file: File): Attachment {
  return { id, kind: kindOf(file.type), name: file.name, size: file.size, mime: file.type };
}

function kindOf(type: string): AttachmentKind {
  if (PICTURE.test(type)) return 'picture';
  if (type.startsWith('video/')) return 'video';
  return type.startsWith('audio/') ? 'audio' : 'file';
}

const MEASURED_WITHIN_MS = 5_000;

/** Adds sides and length, as the browser sees them. What it cannot open stays as it is. */
export async function measure(attachment: Attachment, address: string): Promise<Attachment> {
  const measured = { picture: pictureSides, video: mediaFacts, audio: mediaFacts, voice: mediaFacts, file: nothing };
  const tooLate = new Promise<Facts>((resolve) => setTimeout(() => resolve({}), MEASURED_WITHIN_MS));
  const facts = await Promise.race([measured[attachment.kind](address, attachment), tooLate]).catch(() => ({}));
  return { ...attachment, ...facts };
}

type Facts = Partial<Pick<Attachment, 'width' | 'height' | 'durationMs'>>;

async function nothing(): Promise<Facts> {
  return {};
}

async function pictureSides(address: string): Promise<Facts> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return { width: picture.naturalWidth, height: picture.naturalHeight };
}

async function mediaFacts(address: string, { kind }: Attachment): Promise<Facts> {
  const media = document.createElement(kind === 'video' ? 'video' : 'audio');
  media.preload = 'metadata';
  media.src = address;
  await new Promise((resolve, reject) => {
    media.addEventListener('loadedmetadata', resolve, { once: true });
    media.addEventListener('error', reject, { once: true });
  });
  const length = Number.isFinite(media.duration) ? { durationMs: Math.max(1, Math.round(media.duration * 1_000)) } : {};
  if (!(media instanceof HTMLVideoElement) || media.videoWidth === 0) return length;
  return { ...length, width: media.videoWidth, height: media.videoHeight };
}
