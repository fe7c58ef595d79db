import type { Point } from '@undertone/engine/photo/index.ts';

/** Rounds after which handles stay as they are; five part within fifty. */
const mostRounds = 400;
/** Nearer to the length asked than this counts as there, pixels. */
const slackPx = 0.01;

/**
 * Handles moved apart until each has room for a finger: where places of a small picture lie closer than that, their handles
 * stand beside them. Those that have room stay on their places.
 *
 * @param leastPx between the middles of any two
 */
export function spreadHandles(places: readonly Point[], leastPx: number): Point[] {
  const at = places.map(({ x, y }) => ({ x, y }));
  for (let round = 0, isApart = false; !isApart && round < mostRounds; round += 1) {
    isApart = true;
    at.forEach((one, n) => {
      for (const other of at.slice(n + 1)) {
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        const distance = Math.hypot(dx, dy);
        if (distance >= leastPx - slackPx) continue;
        isApart = false;
        // Two on one spot part along the line, which runs from left to right in the picture.
        const way = distance > slackPx ? { x: dx / distance, y: dy / distance } : { x: 1, y: 0 };
        const half = (leastPx - distance) / 2;
        one.x -= way.x * half;
        one.y -= way.y * half;
        other.x += way.x * half;
        other.y += way.y * half;
      }
    });
  }
  return at;
}
