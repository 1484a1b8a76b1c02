/** What of the unread the tab itself shows. */
export type Mark = 'none' | 'unread' | 'mention';

const SIZE = 64;
const RADIUS = 17;
const AT = SIZE - RADIUS;
/** The same icon stands on light and dark tab strips: the gap around the dot parts it from either. */
const GAP = 5;
const COLORS = {
  light: { unread: '#0b7a3b', mention: '#c02636' },
  dark: { unread: '#57cf8a', mention: '#ff6b74' },
} as const;

/** A number on the icon of the installed app. */
export function showAppBadge(count: number): void {
  if (!('setAppBadge' in navigator)) return;
  const done = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge();
  done.catch(() => undefined);
}

export interface Favicon {
  show(mark: Mark): void;
  /** Until what it answers is called. */
  followTheme(): () => void;
}

/** Draws the tab's icon with a dot when something is unread, with an @ when somebody calls. */
export function createFavicon(): Favicon {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const plain = link?.getAttribute('href') ?? '/icon.svg';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let shown: Mark = 'none';
  const redraw = (): void => void draw().catch(() => undefined);

  async function draw(): Promise<void> {
    const mark = shown;
    const address = mark === 'none' ? plain : await drawn(plain, mark, dark.matches ? 'dark' : 'light');
    // Meanwhile it may have been read.
    if (link && mark === shown && address !== undefined) link.href = address;
  }

  return {
    show(mark) {
      if (mark === shown) return;
      shown = mark;
      if (link) link.dataset['mark'] = mark;
      redraw();
    },
    followTheme() {
      dark.addEventListener('change', redraw);
      return () => dark.removeEventListener('change', redraw);
    },
  };
}

async function drawn(plain: string, mark: 'unread' | 'mention', theme: 'light' | 'dark'): Promise<string | undefined> {
  const icon = new Image(SIZE, SIZE);
  icon.src = plain;
  await icon.decode();
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  pen.drawImage(icon, 0, 0, SIZE, SIZE);
  pen.globalCompositeOperation = 'destination-out';
  circle(pen, RADIUS + GAP);
  pen.globalCompositeOperation = 'source-over';
  pen.fillStyle = COLORS[theme][mark];
  circle(pen, RADIUS);
  if (mark === 'mention') {
    pen.fillStyle = theme === 'light' ? '#ffffff' : '#2b0709';
    pen.font = '700 27px system-ui, sans-serif';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText('@', AT, AT - 1);
  }
  return canvas.toDataURL('image/png');
}

function circle(pen: CanvasRenderingContext2D, radius: number): void {
  pen.beginPath();
  pen.arc(AT, AT, radius, 0, 2 * Math.PI);
  pen.fill();
}
