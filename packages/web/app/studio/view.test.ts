import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitView, isServed, movedTo, panBy, shareSeen, toPicture, toScreen, zoomAt } from './view.ts';

const size = fc.record({
  width: fc.integer({ min: 64, max: 6000 }),
  height: fc.integer({ min: 64, max: 6000 }),
});
const screen = fc.record({
  width: fc.integer({ min: 320, max: 2500 }),
  height: fc.integer({ min: 320, max: 1500 }),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the view of a picture', () => {
  it('shows the whole picture at first', () => {
    fc.assert(
      fc.property(size, screen, (picture, window) => {
        const view = fitView(picture, window);
        expect(view.x).toBeGreaterThanOrEqual(0);
        expect(view.y).toBeGreaterThanOrEqual(0);
        expect(view.x + picture.width * view.scale).toBeLessThanOrEqual(window.width + 1e-6);
        expect(view.y + picture.height * view.scale).toBeLessThanOrEqual(window.height + 1e-6);
      }),
    );
  });

  it('takes a point to the screen and back', () => {
    fc.assert(
      fc.property(size, screen, share, share, (picture, window, sx, sy) => {
        const view = fitView(picture, window);
        const point = { x: sx * picture.width, y: sy * picture.height };
        const back = toPicture(view, toScreen(view, point));
        expect(back.x).toBeCloseTo(point.x, 6);
        expect(back.y).toBeCloseTo(point.y, 6);
      }),
    );
  });

  it('zooms about the place pointed at', () => {
    const picture = { width: 1200, height: 900 };
    const window = { width: 1000, height: 700 };
    fc.assert(
      fc.property(fc.double({ min: 1.05, max: 6, noNaN: true }), share, share, (factor, sx, sy) => {
        const view = fitView(picture, window);
        const at = toScreen(view, {
          x: (0.2 + 0.6 * sx) * picture.width,
          y: (0.2 + 0.6 * sy) * picture.height,
        });
        const before = toPicture(view, at);
        const after = toPicture(zoomAt(view, factor, at, picture, window), at);
        expect(after.x).toBeCloseTo(before.x, 4);
        expect(after.y).toBeCloseTo(before.y, 4);
      }),
    );
  });

  it('carries what was drawn to where it would be drawn now', () => {
    const view = fc.record({
      scale: fc.double({ min: 0.01, max: 32, noNaN: true }),
      x: fc.integer({ min: -9999, max: 9999 }),
      y: fc.integer({ min: -9999, max: 9999 }),
    });
    const point = fc.record({ x: fc.integer({ max: 6000, min: 0 }), y: fc.integer({ max: 6000, min: 0 }) });
    fc.assert(
      fc.property(view, view, point, (drawn, now, at) => {
        const carried = toScreen(movedTo(drawn, now), toScreen(drawn, at));
        const wanted = toScreen(now, at);
        const far = 1e-6 * (1 + Math.abs(wanted.x) + Math.abs(wanted.y) + 1e4 * (now.scale / drawn.scale));
        expect(Math.hypot(carried.x - wanted.x, carried.y - wanted.y)).toBeLessThan(far);
      }),
    );
  });

  it('tells how much of the screen what was carried still covers', () => {
    const window = { width: 1000, height: 500 };
    expect(shareSeen({ scale: 1, x: 0, y: 0 }, window)).toBe(1);
    expect(shareSeen({ scale: 0.5, x: 100, y: 50 }, window)).toBe(0.25);
    expect(shareSeen({ scale: 3, x: -900, y: -400 }, window)).toBe(1);
    expect(shareSeen({ scale: 1, x: 250, y: -250 }, window)).toBe(0.375);
    expect(shareSeen({ scale: 1, x: -1200, y: 0 }, window)).toBe(0);
  });

  it('never loses the picture, however it is pushed', () => {
    const far = fc.integer({ min: -99_999, max: 99_999 });
    fc.assert(
      fc.property(size, screen, far, far, (picture, window, dx, dy) => {
        const view = panBy(fitView(picture, window), dx, dy, picture, window);
        expect(view.x).toBeLessThan(window.width);
        expect(view.y).toBeLessThan(window.height);
        expect(view.x + picture.width * view.scale).toBeGreaterThan(0);
        expect(view.y + picture.height * view.scale).toBeGreaterThan(0);
      }),
    );
  });

  it('has its sheet drawn anew only where the picture lies elsewhere, and in passing only where little of it is left', () => {
    const window = { width: 1000, height: 800 };
    const drawn = { scale: 0.37, x: -13.3, y: 41.9 };
    // A stroke under way: the picture lies still.
    expect(isServed(drawn, { ...drawn }, window, false)).toBe(true);
    const beside = { ...drawn, x: drawn.x + 300 };
    expect(isServed(drawn, beside, window, true)).toBe(true);
    expect(isServed(drawn, beside, window, false)).toBe(false);
    expect(isServed(drawn, { ...drawn, x: drawn.x + 900 }, window, true)).toBe(false);
    expect(isServed(drawn, { ...drawn, scale: drawn.scale * 2.1 }, window, true)).toBe(false);
  });
});
