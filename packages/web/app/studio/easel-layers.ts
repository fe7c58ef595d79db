import type { Point } from '@undertone/engine/photo/index.ts';
import type { DensityStroke } from '@undertone/engine/plan/index.ts';
import { isBrush, type OnEasel } from './on-easel.ts';
import { fitView, isServed, movedTo, toScreen, type View } from './view.ts';

/** Images in the picture's pixels, each there as soon as it is made. */
export interface EaselImages {
  base?: ImageBitmap | undefined;
  prediction?: ImageBitmap | undefined;
  outline?: ImageBitmap | undefined;
}

/** A gesture under way: the points of a stroke or line so far, in picture pixels, or a pan. */
export interface Gesture {
  readonly kind: 'stroke' | 'line' | 'pan';
  readonly points: Point[];
}

/** All there is to see at one moment. */
export interface Seen {
  readonly on: OnEasel;
  readonly images: EaselImages;
  readonly gesture: Gesture | null;
  readonly cross: Point | null;
}

export interface EaselLayers {
  /**
   * Shows the picture at a view (`null` fits it) and answers the view used. While `isMoving` the sheet drawn last is
   * carried along by the compositor, so that a frame costs the page next to nothing; `isChanged` draws it anew.
   */
  draw(view: View | null, seen: Seen, how: { isMoving: boolean; isChanged: boolean }): View | null;
  remove(): void;
}

/** Pixels of the picture that lies under the sheet: enough to look at in passing. */
const underPixels = 2_000_000;

/**
 * Three canvases on top of each other: the picture by itself, moved by the compositor alone; the sheet, drawn at the screen's own
 * pixels with all that belongs to the picture; and what follows the hand.
 */
export function createLayers(host: HTMLElement): EaselLayers {
  const [under, sheet, hand] = ['under', 'sheet', 'hand'].map((name) => {
    const canvas = document.createElement('canvas');
    canvas.className = `easel-${name}`;
    canvas.ariaHidden = 'true';
    host.append(canvas);
    return canvas;
  }) as [HTMLCanvasElement, HTMLCanvasElement, HTMLCanvasElement];
  let lying: { readonly image: ImageBitmap; readonly scale: number } | undefined;
  let sheetView: View | undefined;
  let isHandEmpty = true;

  /** The picture under the sheet, made smaller once. */
  const layUnder = (image: ImageBitmap) => {
    const scale = Math.min(1, Math.sqrt(underPixels / (image.width * image.height)));
    under.width = Math.round(image.width * scale);
    under.height = Math.round(image.height * scale);
    const context = under.getContext('2d', { colorSpace: 'srgb' });
    if (context) context.imageSmoothingQuality = 'high';
    context?.drawImage(image, 0, 0, under.width, under.height);
    lying = { image, scale: under.width / image.width };
  };

  return {
    draw(asked, seen, { isMoving, isChanged }) {
      const screen = { width: host.clientWidth, height: host.clientHeight };
      if (screen.width === 0 || screen.height === 0) return asked;
      const { on, images, gesture, cross } = seen;
      const view = asked ?? fitView({ width: on.picture.widthPx, height: on.picture.heightPx }, screen);
      if (images.base && images.base !== lying?.image) layUnder(images.base);
      if (lying) move(under, { ...view, scale: view.scale / lying.scale });

      if (isChanged || !sheetView || !isServed(sheetView, view, screen, isMoving)) {
        const context = cleared(sheet, screen);
        if (context && images.base) paintSheet(context, view, screen, seen, isMoving);
        sheetView = view;
        move(sheet, { scale: 1, x: 0, y: 0 });
      } else move(sheet, movedTo(sheetView, view));

      const line = gesture?.kind === 'line' ? { from: gesture.points[0], to: gesture.points[1] } : on.ruler;
      const isEmpty = !line && !cross && gesture?.kind !== 'stroke';
      if (isEmpty && isHandEmpty) return view;
      isHandEmpty = isEmpty;
      const context = cleared(hand, screen);
      if (!context) return view;
      if (line?.from && line.to) paintLine(context, toScreen(view, line.from), toScreen(view, line.to));
      if (gesture?.kind === 'stroke') paintStroke(context, gesture.points, view, on);
      if (cross) paintCross(context, cross, view, on);
      return view;
    },
    remove() {
      for (const canvas of [under, sheet, hand]) canvas.remove();
    },
  };
}

function move(canvas: HTMLCanvasElement, { scale, x, y }: View): void {
  canvas.style.transform = `matrix(${scale}, 0, 0, ${scale}, ${x}, ${y})`;
}

/** The canvas at the size of the screen, empty, in the screen's own units. */
function cleared(
  canvas: HTMLCanvasElement,
  screen: { width: number; height: number },
): CanvasRenderingContext2D | null {
  const density = devicePixelRatio;
  const width = Math.round(screen.width * density);
  const height = Math.round(screen.height * density);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  context?.setTransform(density, 0, 0, density, 0, 0);
  context?.clearRect(0, 0, screen.width, screen.height);
  return context;
}

/** The picture and all that belongs to it; quickly while it moves, else at its best. */
function paintSheet(
  context: CanvasRenderingContext2D,
  view: View,
  screen: { width: number; height: number },
  { on, images: { base, prediction, outline } }: Seen,
  isMoving: boolean,
): void {
  const { picture, compare01, isMap = false, dots, dotPx = 1, marks = [], densityStrokes = [] } = on;
  const size = { width: picture.widthPx, height: picture.heightPx };
  context.imageSmoothingEnabled = view.scale < 3;
  context.imageSmoothingQuality = isMoving ? 'low' : 'high';
  const paint = (bitmap: ImageBitmap) =>
    context.drawImage(bitmap, view.x, view.y, size.width * view.scale, size.height * view.scale);
  if (base) paint(base);
  const isBare = !prediction || compare01 >= 1 || isMap;
  if (prediction && compare01 < 1) {
    const splitX = view.x + size.width * view.scale * compare01;
    context.save();
    context.beginPath();
    context.rect(splitX, 0, screen.width, screen.height);
    context.clip();
    paint(prediction);
    context.restore();
    twoTone(context, () => {
      context.beginPath();
      context.moveTo(splitX, view.y);
      context.lineTo(splitX, view.y + size.height * view.scale);
    });
  }
  if (outline && isBare) paint(outline);
  for (const stroke of densityStrokes) paintDensityStroke(context, stroke, view);
  if (dots) paintDots(context, dots, dotPx, view, screen);
  if (marks.length > 0 && isBare)
    twoTone(context, () => {
      context.beginPath();
      for (const mark of marks) {
        const at = toScreen(view, mark);
        const radius = Math.max(9, (mark.diameterPx / 2) * view.scale + 5);
        context.moveTo(at.x + radius, at.y);
        context.arc(at.x, at.y, radius, 0, Math.PI * 2);
      }
    });
}

function paintLine(context: CanvasRenderingContext2D, a: Point, b: Point): void {
  const angle = Math.atan2(b.y - a.y, b.x - a.x) + Math.PI / 2;
  const tick = { x: Math.cos(angle) * 7, y: Math.sin(angle) * 7 };
  twoTone(context, () => {
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    for (const end of [a, b]) {
      context.moveTo(end.x - tick.x, end.y - tick.y);
      context.lineTo(end.x + tick.x, end.y + tick.y);
    }
  });
}

function paintStroke(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  view: View,
  { tool, brushPx }: OnEasel,
): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = brushPx * 2 * view.scale;
  context.strokeStyle = tool !== 'remove' ? 'rgb(255 255 255 / 38%)' : 'rgb(0 0 0 / 42%)';
  context.beginPath();
  points.forEach((point, n) => {
    const at = toScreen(view, point);
    if (n === 0) context.moveTo(at.x, at.y);
    context.lineTo(at.x + (n === 0 ? 0.01 : 0), at.y);
  });
  context.stroke();
}

/** Denser is lighter below the dots, sparser darker, as planned again a thin line. */
function paintDensityStroke(
  context: CanvasRenderingContext2D,
  { factor, radiusPx, points }: DensityStroke,
  view: View,
): void {
  context.save();
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = factor === 1 ? 1.5 : radiusPx * 2 * view.scale;
  context.strokeStyle = factor < 1 ? 'rgb(0 0 0 / 22%)' : 'rgb(255 255 255 / 26%)';
  context.beginPath();
  points.forEach(([x, y], n) => {
    const at = toScreen(view, { x, y });
    if (n === 0) context.moveTo(at.x, at.y);
    context.lineTo(at.x + (n === 0 ? 0.01 : 0), at.y);
  });
  context.stroke();
  context.restore();
}

function paintCross(
  context: CanvasRenderingContext2D,
  cross: Point,
  view: View,
  { tool, brushPx }: OnEasel,
): void {
  const at = toScreen(view, cross);
  twoTone(context, () => {
    context.beginPath();
    context.moveTo(at.x - 12, at.y);
    context.lineTo(at.x + 12, at.y);
    context.moveTo(at.x, at.y - 12);
    context.lineTo(at.x, at.y + 12);
    if (isBrush(tool)) {
      context.moveTo(at.x + brushPx * view.scale, at.y);
      context.arc(at.x, at.y, brushPx * view.scale, 0, Math.PI * 2);
    }
  });
}

/** A line that shows on any skin: black below, white above. */
function twoTone(context: CanvasRenderingContext2D, path: () => void): void {
  for (const [width, colour] of [
    [3.5, 'rgb(0 0 0 / 65%)'],
    [1.5, '#fff'],
  ] as const) {
    path();
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** Half of the narrowest square that is drawn for a dot, screen pixels. */
const leastDotPx = 0.5;

/** Dots as wide as they are on the skin. One narrower than a pixel is drawn as a pixel, and fainter, so that skin stays to be seen. */
function paintDots(
  context: CanvasRenderingContext2D,
  dots: Float32Array,
  dotPx: number,
  view: View,
  screen: { width: number; height: number },
): void {
  const trueRadius = (dotPx / 2) * view.scale;
  const radius = Math.max(leastDotPx, trueRadius);
  const opacity = 0.72 * Math.max(0.5, Math.min(1, (trueRadius / radius) ** 2));
  context.fillStyle = `rgb(0 0 0 / ${opacity})`;
  context.beginPath();
  for (let n = 0; n + 1 < dots.length; n += 2) {
    const x = (dots[n] ?? 0) * view.scale + view.x;
    const y = (dots[n + 1] ?? 0) * view.scale + view.y;
    if (x < -radius || y < -radius || x > screen.width + radius || y > screen.height + radius) continue;
    if (radius < 1.5) context.rect(x - radius, y - radius, radius * 2, radius * 2);
    else {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, Math.PI * 2);
    }
  }
  context.fill();
}
