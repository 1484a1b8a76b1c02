import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { createPictures } from '../platform/pictures/pictures.ts';
import { createRemaking } from './previews.picture.ts';

// Each picture is opened by a process of its own, on machines that do much else.
vi.setConfig({ testTimeout: 60_000 });

const remakePicture = createRemaking(createPictures());

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 40 } } });

test('a large picture becomes a small WebP without anything of the original', async () => {
  const original = await plain(2_000, 1_000)
    .withExif({ IFD0: { Copyright: 'secret place' } })
    .jpeg()
    .toBuffer();
  const made = await remakePicture(original);
  expect(made).toMatchObject({ width: 800, height: 400 });
  const { format, exif } = await sharp(made?.bytes).metadata();
  expect([format, exif]).toEqual(['webp', undefined]);
  expect(made?.bytes.length).toBeLessThan(100_000);
  expect(Buffer.from(made?.thumbHash ?? '', 'base64').length).toBeGreaterThan(5);
});

test('a small one is not blown up', async () => {
  expect(await remakePicture(await plain(120, 120).png().toBuffer())).toMatchObject({ width: 120, height: 120 });
});

test.each(['webp', 'gif', 'avif', 'jpeg', 'png'] as const)('%s is taken', async (format) => {
  expect(await remakePicture(await plain(64, 64).toFormat(format).toBuffer())).not.toBeNull();
});

test('noise as large as can be still fits', async () => {
  const noise = await sharp({
    create: {
      width: 1_600,
      height: 840,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 90 },
    },
  })
    .jpeg({ quality: 60 })
    .toBuffer();
  const made = await remakePicture(noise);
  expect(made === null || made.bytes.length <= 100_000).toBe(true);
});

test('a bomb, a drawing, a pixel, and what is no picture are none', async () => {
  const bomb = await plain(8_000, 8_000).png().toBuffer();
  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>');
  const pixel = await plain(1, 1).gif().toBuffer();
  const whole = await plain(400, 400).png().toBuffer();
  const posing = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), drawing]);
  for (const original of [bomb, drawing, pixel, posing, whole.subarray(0, 60), Buffer.from('hello'), Buffer.alloc(0)])
    expect(await remakePicture(original)).toBeNull();
});
