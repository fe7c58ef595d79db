import type { Point } from '@undertone/engine/photo/index.ts';

/** How the picture lies on the screen: `scale` screen pixels a picture pixel, `x`, `y` where its corner is. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The whole picture, centred, with a small margin; never enlarged beyond eight times. */
export function fitView(picture: Size, screen: Size): View {
  const margin = Math.min(24, screen.width / 20, screen.height / 20);
  const scale = Math.min(
    8,
    (screen.width - 2 * margin) / picture.width,
    (screen.height - 2 * margin) / picture.height,
  );
  return centred(picture, screen, Math.max(scale, 1e-3));
}

function centred(picture: Size, screen: Size, scale: number): View {
  return {
    scale,
    x: (screen.width - picture.width * scale) / 2,
    y: (screen.height - picture.height * scale) / 2,
  };
}

/** Zooms by `factor` so that what is under `at` (screen) stays under it. Between half of fitting and 32 times. */
export function zoomAt(view: View, factor: number, at: Point, picture: Size, screen: Size): View {
  const least = fitView(picture, screen).scale / 2;
  const scale = Math.min(32, Math.max(least, view.scale * factor));
  const real = scale / view.scale;
  return keepInSight(
    { scale, x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real },
    picture,
    screen,
  );
}

export function panBy(view: View, dx: number, dy: number, picture: Size, screen: Size): View {
  return keepInSight({ ...view, x: view.x + dx, y: view.y + dy }, picture, screen);
}

/** At least a fifth of the screen keeps showing the picture, so that it cannot be lost. */
function keepInSight(view: View, picture: Size, screen: Size): View {
  const clamp = (at: number, picturePx: number, screenPx: number) => {
    const least = Math.min(screenPx, picturePx) / 5;
    return Math.min(screenPx - least, Math.max(least - picturePx, at));
  };
  return {
    scale: view.scale,
    x: clamp(view.x, picture.width * view.scale, screen.width),
    y: clamp(view.y, picture.height * view.scale, screen.height),
  };
}

export function toPicture(view: View, at: Point): Point {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

export function toScreen(view: View, at: Point): Point {
  return { x: at.x * view.scale + view.x, y: at.y * view.scale + view.y };
}

/** How what was drawn at one view must be moved to lie as at another: a point at `p` goes to `p * scale + (x, y)`. */
export function movedTo(drawn: View, now: View): View {
  const scale = now.scale / drawn.scale;
  return { scale, x: now.x - drawn.x * scale, y: now.y - drawn.y * scale };
}

/** The share of the screen that a sheet of its size covers once it is moved. */
export function shareSeen({ scale, x, y }: View, screen: Size): number {
  const along = (from: number, length: number) =>
    Math.max(0, Math.min(length, from + length * scale) - Math.max(0, from)) / length;
  return along(x, screen.width) * along(y, screen.height);
}

/** A sheet carried along is drawn anew when it is enlarged more than so much… */
const mostEnlarged = 2;
/** …or covers less than this share of the screen. */
const leastCovered = 0.2;

/** Whether a sheet drawn at one view will do at another: at the same one always, elsewhere only while the picture moves. */
export function isServed(drawn: View, now: View, screen: Size, isMoving: boolean): boolean {
  const moved = movedTo(drawn, now);
  if (moved.scale === 1 && moved.x === 0 && moved.y === 0) return true;
  return isMoving && moved.scale <= mostEnlarged && shareSeen(moved, screen) >= leastCovered;
}
