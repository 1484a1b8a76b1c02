import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createPictures } from './pictures.ts';

const pictures = createPictures();

async function processed(mime: string, file: Buffer) {
  const variants: Record<string, Buffer> = {};
  const facts = await pictures.process(
    { mime, size: file.length, bytes: () => inPieces(file) },
    async (name, size, bytes) => {
      const pieces: Buffer[] = [];
      for await (const piece of bytes) pieces.push(piece);
      variants[name] = Buffer.concat(pieces);
      expect(variants[name]).toHaveLength(size);
    },
  );
  return { facts, variants };
}

async function* inPieces(file: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}

const aPicture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 90, b: 20 } } });
const SECRET = 'taken at home, 48.2082 16.3738';
const withPlace = { IFD0: { Copyright: SECRET }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 29/1' } };

test('a photograph is shown upright, in two sizes, and says nothing of where it was taken', async () => {
  const file = await aPicture(4_000, 3_000).jpeg().withExif(withPlace).withMetadata({ orientation: 6 }).toBuffer();
  const { facts, variants } = await processed('image/jpeg', file);
  expect(facts).toMatchObject({ width: 3_000, height: 4_000, isAnimated: false, mime: 'image/jpeg' });
  expect(Buffer.from(facts.thumbHash, 'base64').length).toBeGreaterThan(4);
  expect(await sharp(variants['display']).metadata()).toMatchObject({ format: 'webp', width: 1_200, height: 1_600 });
  expect(await sharp(variants['thumb']).metadata()).toMatchObject({ format: 'webp', width: 240, height: 320 });

  const original = variants['original'] as Buffer;
  expect(await sharp(original).metadata()).toMatchObject({
    format: 'jpeg',
    width: 4_000,
    height: 3_000,
    orientation: 6,
  });
  // Not a pixel is touched.
  expect((await sharp(original).raw().toBuffer()).equals(await sharp(file).raw().toBuffer())).toBe(true);
});

test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
  'the place is gone from all that is kept of a %s',
  async (format) => {
    const file = await aPicture(64, 48).withExif(withPlace)[format]().toBuffer();
    expect(file.includes(SECRET)).toBe(true);
    const trailing = Buffer.concat([file, format === 'jpeg' ? file : Buffer.alloc(0)]);
    const { variants } = await processed(`image/${format}`, trailing);
    expect(Object.keys(variants).toSorted()).toEqual(['display', 'original', 'thumb']);
    for (const [name, bytes] of Object.entries(variants)) {
      expect(bytes.includes(SECRET), name).toBe(false);
      expect(bytes.includes('GPS'), name).toBe(false);
      const { width, height } = await sharp(bytes).metadata();
      expect([width, height], name).toEqual([64, 48]);
    }
  },
);

test('what moves goes on moving', async () => {
  const frames = await Promise.all(['red', 'lime', 'blue'].map((colour) => aFrame(colour)));
  const file = await sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100, 100] })
    .toBuffer();
  const { facts, variants } = await processed('image/gif', file);
  expect(facts).toMatchObject({ isAnimated: true, width: 600, height: 400 });
  expect(await sharp(variants['thumb'], { animated: true }).metadata()).toMatchObject({ pages: 3, width: 320 });
  expect(variants['original']).toBeUndefined();
});

function aFrame(background: string, width = 600): Promise<Buffer> {
  return sharp({ create: { width, height: 400, channels: 3, background } })
    .png()
    .toBuffer();
}

test('bombs and things that are no pictures are refused', async () => {
  const bomb = await sharp({
    create: { width: 16_000, height: 16_000, channels: 3, background: 'white' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect(bomb.length).toBeLessThan(2_000_000);
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>',
  );
  const [red, lime] = [await aFrame('red', 30), await aFrame('lime', 30)];
  const frames = Array.from({ length: 210 }, (_, at) => (at % 2 === 0 ? red : lime));
  const long = await sharp(frames, { join: { animated: true } })
    .webp({ effort: 0 })
    .toBuffer();
  for (const [mime, file] of [
    ['image/png', bomb],
    ['image/png', svg],
    ['image/jpeg', randomBytes(10_000)],
    ['image/jpeg', Buffer.alloc(0)],
    ['image/webp', long],
  ] as const) {
    await expect(processed(mime, file), mime).rejects.toMatchObject({ code: 'picture-refused' });
  }
}, 60_000);

test('a picture of twelve megapixels is done long before its time is up', async () => {
  const noise = await sharp(randomBytes(400 * 300 * 3), { raw: { width: 400, height: 300, channels: 3 } })
    .resize(4_000, 3_000)
    .jpeg({ quality: 88 })
    .toBuffer();
  const began = performance.now();
  await processed('image/jpeg', noise);
  expect(performance.now() - began).toBeLessThan(6_000);
}, 20_000);
