import type { FrameStreams } from './frames.ts';
import { createPainter, type Painting } from './painter.ts';

export type ToPainter =
  | {
      readonly kind: 'begin';
      readonly model: ArrayBuffer;
      readonly painting: Painting;
      readonly streams: FrameStreams | null;
    }
  | { readonly kind: 'frame'; readonly frame: ImageBitmap };

export interface FromPainter {
  readonly kind: 'painted';
  /** Without streams: what became of the frame. */
  readonly frame: ImageBitmap | null;
}

type Painter = ReturnType<typeof createPainter>;

let paint: Painter | null = null;

addEventListener('message', ({ data }: MessageEvent<ToPainter>) => {
  if (data.kind === 'frame') return paintOne(data.frame);
  paint = createPainter(data.model, data.painting);
  // Told to the page, as what fails outside of a promise is: the picture would stand still for good.
  if (data.streams) paintAll(paint, data.streams).catch(reportError);
});

function paintOne(frame: ImageBitmap): void {
  if (!paint) return;
  const painted = paint(frame, performance.now()).transferToImageBitmap();
  frame.close();
  tell({ kind: 'painted', frame: painted });
}

/** Until the camera stops; the first one is told. */
async function paintAll(painter: Painter, { frames, painted }: FrameStreams): Promise<void> {
  let isFirst = true;
  const painting = new TransformStream<VideoFrame, VideoFrame>({
    transform(frame, controller) {
      const { timestamp } = frame;
      const canvas = painter(frame, performance.now());
      frame.close();
      controller.enqueue(new VideoFrame(canvas, { timestamp }));
      if (isFirst) tell({ kind: 'painted', frame: null });
      isFirst = false;
    },
  });
  await frames.pipeThrough(painting).pipeTo(painted);
}

function tell(message: FromPainter): void {
  postMessage(message, { transfer: message.frame ? [message.frame] : [] });
}
