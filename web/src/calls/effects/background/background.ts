import modelUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite?url';
import { trustedScript } from '../../../platform/trustedScripts.ts';
import type { Background } from '../../devices/habits.ts';
import type { StartEffect } from '../effect.ts';
import { ownPicture } from '../picture.ts';
import type { FromPainter, ToPainter } from './background.worker.ts';
// oxlint-disable-next-line import/default -- Vite answers the address of the built worker
import workerUrl from './background.worker.ts?worker&url';
import { frameWayOf } from './frames.ts';
import type { Painting } from './painter.ts';

/** Reading the model and painting the first frame, on a slow phone. */
const START_MS = 15_000;

/** The person as they are, and something else behind them. All of it is computed on this device, beside the page. */
export function changeBackground(background: Exclude<Background, 'none'>): StartEffect {
  return async (raw, lost) => {
    const [model, painting] = await Promise.all([readOutlineModel(), paintingOf(background)]);
    const worker = new Worker(trustedScript(workerUrl), { type: 'module' });
    let way: ReturnType<typeof frameWayOf> | undefined;

    function stop(): void {
      worker.terminate();
      way?.stop();
    }

    try {
      way = frameWayOf(raw, worker);
      const begin: ToPainter = { kind: 'begin', model, painting, streams: way.streams };
      const handedOver: Transferable[] = [model, ...(painting.kind === 'picture' ? [painting.picture] : [])];
      if (way.streams) handedOver.push(way.streams.frames, way.streams.painted);
      const painted = firstFrameOf(worker);
      worker.postMessage(begin, handedOver);
      await painted;
    } catch (failure) {
      stop();
      throw failure;
    }
    worker.addEventListener('error', lost);
    return { track: way.track, stop };
  };
}

async function readOutlineModel(): Promise<ArrayBuffer> {
  const answer = await fetch(modelUrl);
  if (!answer.ok) throw new Error(`the model answered ${answer.status}`);
  return answer.arrayBuffer();
}

/** A picture that is gone from this device hides the room no longer: then it is blurred. */
async function paintingOf(background: Exclude<Background, 'none'>): Promise<Painting> {
  if (background !== 'own') return { kind: background };
  const address = ownPicture();
  if (address === null) return { kind: 'blur' };
  const image = new Image();
  image.src = address;
  await image.decode();
  return { kind: 'picture', picture: await createImageBitmap(image) };
}

function firstFrameOf(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => reject(new Error('no frame was painted')), START_MS);
    const settle = (finish: () => void): void => {
      clearTimeout(tooLate);
      finish();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<FromPainter>) => {
      if (data.kind === 'painted') settle(resolve);
    });
    worker.addEventListener('error', () => settle(() => reject(new Error('the painter failed'))));
  });
}
