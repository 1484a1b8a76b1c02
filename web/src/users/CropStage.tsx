import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../ui/classes.ts';
import { type Crop, moved, sideOf, ZOOM_MAX, zoomed } from './cropping.ts';
import styles from './PictureDialog.module.css';

/** Dots: twice as many as the stage is wide, for screens that have them. */
const CANVAS_SIDE = 560;
const KEY_STEP = 0.05;
const KEY_ZOOM = 1.15;
const MIDDLE = { x: 0.5, y: 0.5 };

interface CropStageProps {
  readonly picture: ImageBitmap;
  readonly crop: Crop;
  /** By how the one before becomes the next: two fingers move, and a wheel turns, more often than is drawn. */
  readonly onChange: (change: (crop: Crop) => Crop) => void;
  readonly isRound?: boolean;
}

/** Where one chooses what of a picture is shown: by mouse, fingers, wheel and keys. */
export function CropStage({ picture, crop, onChange, isRound = false }: CropStageProps): ReactNode {
  const { t } = useTranslation('users');
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => draw(canvas.current, picture, crop), [picture, crop]);
  const pointers = usePointers({ picture, onChange });
  useWheel(canvas, { picture, onChange });

  function press(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const factor = ZOOMS[event.key];
    if (step) onChange((now) => moved(picture, now, step));
    else if (factor !== undefined) onChange((now) => zoomed(picture, now, { zoom: now.zoom * factor, ...MIDDLE }));
    else return;
    event.preventDefault();
  }

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application: its keys are its own */}
      <div
        className={styles['stage']}
        role="application"
        aria-label={t('cropHint')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is interactive
        tabIndex={0}
        onKeyDown={press}
        {...pointers}
      >
        <canvas ref={canvas} width={CANVAS_SIDE} height={CANVAS_SIDE} className={styles['canvas']} aria-hidden="true" />
        <span className={classes(styles['frame'], isRound && styles['round'])} aria-hidden="true" />
      </div>
      <label className={styles['zoom']}>
        <span>{t('cropZoom')}</span>
        <input
          type="range"
          min={1}
          max={ZOOM_MAX}
          step={0.05}
          value={crop.zoom}
          onChange={({ target: { value } }) =>
            onChange((now) => zoomed(picture, now, { zoom: Number(value), ...MIDDLE }))
          }
        />
      </label>
    </>
  );
}

/** The picture goes where the arrow points. */
const STEPS: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -KEY_STEP, y: 0 },
  ArrowRight: { x: KEY_STEP, y: 0 },
  ArrowUp: { x: 0, y: -KEY_STEP },
  ArrowDown: { x: 0, y: KEY_STEP },
};
const ZOOMS: Readonly<Record<string, number>> = { '+': KEY_ZOOM, '=': KEY_ZOOM, '-': 1 / KEY_ZOOM };

export function draw(canvas: HTMLCanvasElement | null, picture: ImageBitmap, crop: Crop): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const side = sideOf(picture, crop);
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, canvas.width, canvas.height);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

type Changing = Pick<CropStageProps, 'picture' | 'onChange'>;

/** One finger moves, two zoom. */
function usePointers({ picture, onChange }: Changing) {
  const down = useRef(new Map<number, Point>());

  function placeOf({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): Point {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }

  function lift({ pointerId }: PointerEvent): void {
    down.current.delete(pointerId);
  }

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      event.currentTarget.setPointerCapture(event.pointerId);
      down.current.set(event.pointerId, placeOf(event));
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const before = down.current.get(event.pointerId);
      if (!before) return;
      const now = placeOf(event);
      const [other] = [...down.current].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      down.current.set(event.pointerId, now);
      if (!other) return onChange((crop) => moved(picture, crop, { x: now.x - before.x, y: now.y - before.y }));
      const factor = distance(now, other) / Math.max(0.01, distance(before, other));
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      onChange((crop) => zoomed(picture, crop, { zoom: crop.zoom * factor, ...middle }));
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** React listens to the wheel passively, and the page would scroll as well. */
function useWheel(canvas: React.RefObject<HTMLCanvasElement | null>, { picture, onChange }: Changing): void {
  const turn = useEffectEvent((event: WheelEvent, stage: Element): void => {
    event.preventDefault();
    const { left, top, width, height } = stage.getBoundingClientRect();
    const at = { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
    onChange((crop) => zoomed(picture, crop, { zoom: crop.zoom * Math.exp(-event.deltaY / 400), ...at }));
  });
  useEffect(() => {
    const stage = canvas.current?.parentElement;
    if (!stage) return undefined;
    const ending = new AbortController();
    stage.addEventListener('wheel', (event) => turn(event, stage), { passive: false, signal: ending.signal });
    return () => ending.abort();
  }, [canvas]);
}
