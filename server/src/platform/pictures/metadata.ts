/**
 * Takes out of a picture file what is not the picture: EXIF with the place it was taken, XMP, comments, and whatever was
 * hung on behind its end. Not a pixel is touched; the orientation, without which a photograph lies on its side, is put
 * back as the only thing its new EXIF says, and the colour profile stays.
 */
export function withoutMetadata(mime: string, file: Buffer, orientation: number): Buffer {
  if (mime === 'image/jpeg') return strippedJpeg(file, orientation);
  if (mime === 'image/png') return strippedPng(file);
  if (mime === 'image/webp') return strippedWebp(file);
  return file;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP2 = 0xe2;
const APP14 = 0xee;
const ICC = Buffer.from('ICC_PROFILE\0', 'latin1');

function strippedJpeg(file: Buffer, orientation: number): Buffer {
  if (file[0] !== 0xff || file[1] !== SOI) throw new Error('not a JPEG file');
  const kept: Buffer[] = [file.subarray(0, 2)];
  if (orientation > 1) kept.push(exifOf(orientation));
  for (const segment of segmentsOf(file)) if (isOfThePicture(segment)) kept.push(segment);
  // Behind the end come motion clips, depth maps and second pictures, with an EXIF of their own.
  return Buffer.concat([...kept, Buffer.from([0xff, EOI])]);
}

/** From marker to marker, up to the end of the picture; a scan with the data behind it. */
function* segmentsOf(file: Buffer): Generator<Buffer> {
  for (let at = 2; at + 4 <= file.length;) {
    if (file[at] !== 0xff) throw new Error('no marker where one is due');
    const marker = file[at + 1];
    if (marker === EOI) return;
    // Markers may be filled up with 0xff.
    const isFill = marker === 0xff;
    const end = at + 2 + file.readUInt16BE(at + 2);
    const next = isFill ? at + 1 : marker === SOS ? endOfScan(file, end) : end;
    if (!isFill) yield file.subarray(at, next);
    at = next;
  }
}

/** Colours, tables and frames; no other application's notes and no comments. */
function isOfThePicture(segment: Buffer): boolean {
  const marker = segment[1] ?? 0;
  if (marker === APP0 || marker === APP14) return true;
  if (marker === APP2) return segment.subarray(4, 4 + ICC.length).equals(ICC);
  return !(marker >= APP0 && marker <= 0xef) && marker !== 0xfe;
}

/** Where the next marker stands: in a scan 0xff is followed by 0 or by a restart. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return file.length;
}

/** An APP1 segment that holds one entry: tag 0x0112, a SHORT. */
function exifOf(orientation: number): Buffer {
  const head = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010000000000000000', 'hex');
  head.writeUInt16BE(orientation, 28);
  return head;
}

const PNG_HEAD = 8;
const PNG_NOTES: ReadonlySet<string> = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

function strippedPng(file: Buffer): Buffer {
  const kept = [file.subarray(0, PNG_HEAD)];
  for (let at = PNG_HEAD; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (!PNG_NOTES.has(type)) kept.push(file.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return Buffer.concat(kept);
}

const WEBP_NOTES: ReadonlySet<string> = new Set(['EXIF', 'XMP ']);
const WEBP_HEAD = 12;
const VP8X_HAS_EXIF_OR_XMP = 0b0000_1100;

function strippedWebp(file: Buffer): Buffer {
  const kept: Buffer[] = [];
  const end = Math.min(file.length, 8 + file.readUInt32LE(4));
  for (let at = WEBP_HEAD; at + 8 <= end;) {
    const length = file.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    const type = file.toString('latin1', at, at + 4);
    if (!WEBP_NOTES.has(type))
      kept.push(type === 'VP8X' ? withoutFlags(file.subarray(at, next)) : file.subarray(at, next));
    at = next;
  }
  const body = Buffer.concat(kept);
  const head = Buffer.from(file.subarray(0, WEBP_HEAD));
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

function withoutFlags(vp8x: Buffer): Buffer {
  const changed = Buffer.from(vp8x);
  changed[8] = (changed[8] ?? 0) & ~VP8X_HAS_EXIF_OR_XMP;
  return changed;
}
