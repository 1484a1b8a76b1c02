import { LINK_PATH } from '@dialog/shared/auth.linking';

/** Where the browser itself reads codes in pictures; no library does it for the others. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector;

const LOOK_EVERY_MS = 200;

function detectorClass(): DetectorClass | undefined {
  const found: unknown = Reflect.get(globalThis, 'BarcodeDetector');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library of types does not know it yet
  return typeof found === 'function' ? (found as DetectorClass) : undefined;
}

export function canScan(): boolean {
  return detectorClass() !== undefined && 'mediaDevices' in navigator;
}

/** Of an address that a new device shows the code; undefined for anything else that a camera may see. */
export function codeIn(text: string, origin: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isOurs = url.origin === origin && url.pathname === LINK_PATH;
  return isOurs && /^#[\w-]{32}$/.test(url.hash) ? url.hash.slice(1) : undefined;
}

/** Looks through the camera until a code is seen. Rejects when there is no camera, or it may not be used. */
export async function scan(video: HTMLVideoElement, onCode: (code: string) => void): Promise<() => void> {
  const Detecting = detectorClass();
  if (!Detecting) throw new Error('cannot scan');
  const detector = new Detecting({ formats: ['qr_code'] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  video.srcObject = stream;
  await video.play();
  const timer = setInterval(() => {
    // A frame that could not be read is followed by the next.
    void detector.detect(video).then(
      (seen) => {
        const code = seen.map(({ rawValue }) => codeIn(rawValue, location.origin)).find((one) => one !== undefined);
        if (code !== undefined) onCode(code);
      },
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
  };
}
