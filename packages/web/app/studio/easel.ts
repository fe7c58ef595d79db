import type { Point } from '@undertone/engine/photo/index.ts';
import { createLayers, type EaselImages, type Gesture } from './easel-layers.ts';
import { isBrush, type OnEasel } from './on-easel.ts';
import { outlineImage } from './outline.ts';
import { fitView, panBy, toPicture, toScreen, type View, zoomAt } from './view.ts';

export interface Easel {
  show(now: OnEasel): void;
  zoom(factor: number): void;
  /** Shows the whole picture again. */
  fit(): void;
  close(): void;
}

/** How long the picture must lie still to count as at rest, ms. */
const restMs = 120;

/**
 * The big picture: zoom (wheel, pinch, + and −), pan, and the tools. Works by mouse, touch, pen and keyboard: arrows
 * move a cross, Enter does what the tool does there. Redraws at most once a frame, outside React.
 *
 * @param host takes the focus and all input; it is filled with canvases
 */
export function createEasel(host: HTMLElement): Easel {
  const layers = createLayers(host);
  const images: EaselImages = {};
  const pointers = new Map<number, Point>();
  const listening = new AbortController();
  let shown: OnEasel | undefined;
  let view: View | null = null;
  let gesture: Gesture | null = null;
  let cross: Point | null = null;
  let frame = 0;

  /** While the picture moves it is carried along, and drawn at its best when it rests. */
  let isMoving = false;
  let isChanged = true;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const moves = () => {
    isMoving = true;
    clearTimeout(rest);
    rest = setTimeout(() => {
      isMoving = false;
      redrawAll();
    }, restMs);
  };

  const redraw = () => {
    if (frame !== 0 || listening.signal.aborted) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (!shown) return;
      view = layers.draw(view, { on: shown, images, gesture, cross }, { isMoving, isChanged });
      isChanged = false;
      if (view) shown.onView?.(view);
    });
  };
  const redrawAll = () => {
    isChanged = true;
    redraw();
  };

  /** Puts an image in its place when it is ready, unless a newer one was asked for meanwhile. */
  const versions = { base: 0, prediction: 0, outline: 0 };
  const put = (name: keyof EaselImages, make: (() => Promise<ImageBitmap>) | undefined) => {
    versions[name] += 1;
    const version = versions[name];
    const settle = (bitmap: ImageBitmap | undefined) => {
      if (version !== versions[name] || listening.signal.aborted) return bitmap?.close();
      images[name]?.close();
      images[name] = bitmap;
      return redrawAll();
    };
    if (make) void make().then(settle);
    else settle(undefined);
  };

  const sizeOf = ({ picture }: OnEasel) => ({ width: picture.widthPx, height: picture.heightPx });
  const screenSize = () => ({ width: host.clientWidth || 1, height: host.clientHeight || 1 });

  const zoom = (factor: number, at?: Point) => {
    if (!shown) return;
    moves();
    const screen = screenSize();
    const size = sizeOf(shown);
    view = zoomAt(
      view ?? fitView(size, screen),
      factor,
      at ?? { x: screen.width / 2, y: screen.height / 2 },
      size,
      screen,
    );
    redraw();
  };
  const pan = (dx: number, dy: number) => {
    moves();
    if (shown && view) view = panBy(view, dx, dy, sizeOf(shown), screenSize());
  };
  const fit = () => {
    view = null;
    redrawAll();
  };
  const placeOf = (event: PointerEvent): Point => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const onPointerDown = (event: PointerEvent) => {
    if (!shown || !view) return;
    host.setPointerCapture(event.pointerId);
    cross = null;
    const place = placeOf(event);
    pointers.set(event.pointerId, place);
    if (pointers.size > 1) {
      gesture = null;
      return;
    }
    const at = toPicture(view, place);
    const { tool } = shown;
    if (tool === 'move' || event.button === 1) gesture = { kind: 'pan', points: [] };
    else if (tool === 'measure') gesture = { kind: 'line', points: [at, at] };
    else if (isBrush(tool)) gesture = { kind: 'stroke', points: [at] };
    else if (event.button === 0) shown.onTap(at);
    redraw();
  };

  const onPointerMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before || !view) return;
    const place = placeOf(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (pointers.size === 2 && other) {
      const spread = (point: Point) => Math.max(8, Math.hypot(point.x - other.x, point.y - other.y));
      zoom(spread(place) / spread(before), { x: (place.x + other.x) / 2, y: (place.y + other.y) / 2 });
      pan((place.x - before.x) / 2, (place.y - before.y) / 2);
    } else if (gesture?.kind === 'pan') pan(place.x - before.x, place.y - before.y);
    else if (gesture?.kind === 'line') gesture.points[1] = toPicture(view, place);
    else if (gesture?.kind === 'stroke') gesture.points.push(toPicture(view, place));
    pointers.set(event.pointerId, place);
    redraw();
  };

  const onPointerUp = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    const done = event.type === 'pointercancel' ? null : gesture;
    gesture = null;
    if (done?.kind === 'stroke') shown?.onStroke(done.points);
    const [from, to] = done?.points ?? [];
    if (done?.kind === 'line' && from && to) shown?.onRuler(from, to);
    redraw();
  };

  const act = (at: Point, { tool, onTap, onStroke, onRuler }: OnEasel) => {
    cross = at;
    if (tool === 'tap') onTap(at);
    else if (isBrush(tool)) onStroke([at]);
    else if (tool === 'measure') {
      const from = gesture?.kind === 'line' ? gesture.points[0] : undefined;
      gesture = from ? null : { kind: 'line', points: [at, at] };
      if (from) onRuler(from, at);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!shown || !view) return;
    const screen = screenSize();
    const size = sizeOf(shown);
    const step = (event.shiftKey ? 40 : 8) / view.scale;
    const move = arrows[event.key];
    const at = cross ?? toPicture(view, { x: screen.width / 2, y: screen.height / 2 });
    if (move) {
      const clamp = (value: number, most: number) => Math.min(most - 0.5, Math.max(0.5, value));
      cross = { x: clamp(at.x + move.x * step, size.width), y: clamp(at.y + move.y * step, size.height) };
      const seen = toScreen(view, cross);
      const isSeen = seen.x >= 0 && seen.y >= 0 && seen.x <= screen.width && seen.y <= screen.height;
      if (!isSeen) pan(screen.width / 2 - seen.x, screen.height / 2 - seen.y);
      if (gesture?.kind === 'line') gesture.points[1] = cross;
    } else if (event.key === 'Enter' || event.key === ' ') act(at, shown);
    else if (event.key === '+' || event.key === '=') zoom(1.25);
    else if (event.key === '-') zoom(0.8);
    else if (event.key === '0') fit();
    else if (event.key === '[') shown.onBrush(Math.max(2, Math.round(shown.brushPx * 0.8)));
    else if (event.key === ']') shown.onBrush(Math.round(shown.brushPx * 1.25) + 1);
    else if (event.key === 'Escape') gesture = null;
    else return;
    event.preventDefault();
    redraw();
  };

  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const box = host.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), {
      x: event.clientX - box.left,
      y: event.clientY - box.top,
    });
  };

  const { signal } = listening;
  host.addEventListener('pointerdown', onPointerDown, { signal });
  host.addEventListener('pointermove', onPointerMove, { signal });
  host.addEventListener('pointerup', onPointerUp, { signal });
  host.addEventListener('pointercancel', onPointerUp, { signal });
  host.addEventListener('keydown', onKeyDown, { signal });
  host.addEventListener('wheel', onWheel, { signal, passive: false });
  host.addEventListener(
    'blur',
    () => {
      cross = null;
      redraw();
    },
    { signal },
  );
  const resizing = new ResizeObserver(fit);
  resizing.observe(host);

  return {
    show(now) {
      const before = shown;
      shown = now;
      if (before?.picture !== now.picture) {
        view = null;
        put('base', () => bitmapOf(now.picture.rgba, now.picture));
      }
      if (before?.region !== now.region) {
        const { region } = now;
        const thicknessPx = Math.max(1, Math.round(now.picture.widthPx / 900));
        put('outline', region && (() => bitmapOf(outlineImage(region, thicknessPx), now.picture)));
      }
      if (before?.prediction !== now.prediction) {
        const { prediction } = now;
        put('prediction', prediction && (() => bitmapOf(prediction.rgba, prediction)));
      }
      // The slider over the picture is drawn quickly, too, while it is dragged.
      if (before && before.compare01 !== now.compare01) moves();
      if (before && onSheet.every((name) => before[name] === now[name])) redraw();
      else redrawAll();
    },
    zoom: (factor) => zoom(factor),
    fit,
    close() {
      listening.abort();
      resizing.disconnect();
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      for (const bitmap of Object.values(images) as (ImageBitmap | undefined)[]) bitmap?.close();
      layers.remove();
    },
  };
}

/** What the sheet shows besides the images, which draw it anew themselves. */
const onSheet = ['picture', 'compare01', 'dots', 'dotPx', 'marks', 'isMap', 'densityStrokes'] as const;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function bitmapOf(
  rgba: Uint8ClampedArray,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Promise<ImageBitmap> {
  const bytes = new Uint8ClampedArray(rgba.buffer as ArrayBuffer, rgba.byteOffset, rgba.length);
  return createImageBitmap(new ImageData(bytes, widthPx, heightPx, { colorSpace: 'srgb' }));
}
