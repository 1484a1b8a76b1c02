import { readModel } from './person/model.ts';
import { createNetwork } from './person/network.ts';

/** What is seen behind the person. */
export type Painting = { readonly kind: 'blur' | 'calm' } | { readonly kind: 'picture'; readonly picture: ImageBitmap };

/** People move less than pictures change: an outline serves all frames for so long. */
const OUTLINE_MS = 60;
/** How much of a new outline counts; the rest is the one before, so that edges do not tremble. */
const FRESH = 0.7;
/** A small picture is blurred cheaply; enlarged again it looks as if the large one had been. */
const BLUR_WIDTH = 192;
const BLUR_PX = 5;
const CALM_COLOURS = ['#33658a', '#5b5f97', '#2f4858'] as const;

type Frame = VideoFrame | ImageBitmap;

/** Paints frames anew: the person as they are, and something else behind them. */
export function createPainter(model: ArrayBuffer, painting: Painting) {
  const { input, output, run } = createNetwork(readModel(model));
  const [, height = 0, width = 0] = input.shape;
  const glance = surfaceOf(width, height, true);
  const outline = surfaceOf(width, height);
  const outlinePixels = outline.createImageData(width, height);
  const person = surfaceOf(0, 0);
  const result = surfaceOf(0, 0);
  const blurred = surfaceOf(0, 0);
  let outlinedAt = Number.NEGATIVE_INFINITY;

  function findOutline(frame: Frame): void {
    glance.drawImage(frame, 0, 0, width, height);
    const { data } = glance.getImageData(0, 0, width, height);
    for (let pixel = 0; pixel < width * height; pixel += 1)
      for (let colour = 0; colour < 3; colour += 1)
        input.data[pixel * 3 + colour] = (data[pixel * 4 + colour] ?? 0) / 255;
    run();
    const isFirst = outlinedAt === Number.NEGATIVE_INFINITY;
    for (const [pixel, share] of output.data.entries()) {
      const before = outlinePixels.data[pixel * 4 + 3] ?? 0;
      outlinePixels.data[pixel * 4 + 3] = isFirst ? share * 255 : before + (share * 255 - before) * FRESH;
    }
    outline.putImageData(outlinePixels, 0, 0);
  }

  function cutOut(frame: Frame): void {
    const { width: across, height: down } = person.canvas;
    person.globalCompositeOperation = 'copy';
    person.drawImage(frame, 0, 0, across, down);
    person.globalCompositeOperation = 'destination-in';
    person.drawImage(outline.canvas, 0, 0, across, down);
  }

  function paintBehind(frame: Frame): void {
    const { width: across, height: down } = result.canvas;
    if (painting.kind === 'picture') return cover(result, painting.picture);
    if (painting.kind === 'calm') {
      const colours = result.createLinearGradient(0, 0, across, down);
      for (const [index, colour] of CALM_COLOURS.entries()) colours.addColorStop(index / 2, colour);
      result.fillStyle = colours;
      return result.fillRect(0, 0, across, down);
    }
    blurred.filter = `blur(${BLUR_PX}px)`;
    // A little over the edge: a blur mixes in what lies beyond it, which is black.
    const { width: small, height: low } = blurred.canvas;
    blurred.drawImage(frame, -BLUR_PX, -BLUR_PX, small + 2 * BLUR_PX, low + 2 * BLUR_PX);
    result.drawImage(blurred.canvas, 0, 0, across, down);
  }

  return function paint(frame: Frame, now: number): OffscreenCanvas {
    const [across, down] = sizeOf(frame);
    fit(result.canvas, across, down);
    fit(person.canvas, across, down);
    fit(blurred.canvas, BLUR_WIDTH, Math.max(1, Math.round((BLUR_WIDTH * down) / across)));
    if (now - outlinedAt >= OUTLINE_MS) {
      findOutline(frame);
      outlinedAt = now;
    }
    cutOut(frame);
    paintBehind(frame);
    result.drawImage(person.canvas, 0, 0);
    return result.canvas;
  };
}

function surfaceOf(width: number, height: number, willReadFrequently = false): OffscreenCanvasRenderingContext2D {
  const surface = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently });
  if (!surface) throw new Error('nothing can be painted here');
  return surface;
}

function sizeOf(frame: Frame): readonly [number, number] {
  return 'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height];
}

/** Setting a size clears a canvas, also when it is the same. */
function fit(canvas: OffscreenCanvas, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** Fills all of it; what is too wide or too high is cut off on both sides alike. */
function cover(surface: OffscreenCanvasRenderingContext2D, picture: ImageBitmap): void {
  const { canvas } = surface;
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  surface.drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}
