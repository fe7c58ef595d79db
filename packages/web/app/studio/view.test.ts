import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitView, panBy, toPicture, toScreen, zoomAt } from './view.ts';

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
});
